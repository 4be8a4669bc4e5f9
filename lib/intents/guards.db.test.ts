import { describe, expect, test } from 'vitest'
import { decide, finish, makeAgent, merchant, propose, setGuards, simulate } from '#supabase/tests/support/agents.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'

// What each guard makes of a payment, at its very limit and one step beyond.

const { adminSql, as } = await testDatabase()

const other = '0x1111111111111111111111111111111111111111'

describe('without any guard', () => {
  test('a person is asked', async () => {
    expect(await propose(await makeAgent(adminSql))).toMatchObject({ status: 'needs_approval', guardResults: [] })
  })
})

describe('a budget', () => {
  test('passes up to its limit and not a millionth beyond', async () => {
    const agent = await makeAgent(adminSql)
    await setGuards(agent, [{ type: 'budget', period: 'day', limit: '10.00' }])
    expect(await propose(agent, { amount: 6 })).toMatchObject({ status: 'approved' })
    expect(await propose(agent, { amount: 4.000001 })).toMatchObject({
      status: 'denied',
      reason: 'Over the budget of the day by $0.000001.',
      guardResults: [{ guard: 'budget', outcome: 'refuse', limit: '10.00', used: '6.00', remaining: '4.00' }],
    })
    expect(await propose(agent, { amount: 4 })).toMatchObject({ status: 'approved' })
    expect(await propose(agent, { amount: 0.000001 })).toMatchObject({ status: 'denied' })
  })

  test.each(['hour', 'day', 'week', 'month', 'total'])(
    'of the %s, fixed or rolling, counts what was spent',
    async (period) => {
      for (const window of ['fixed', 'rolling']) {
        const agent = await makeAgent(adminSql)
        await setGuards(agent, [{ type: 'budget', period, window, limit: '5.00' }])
        expect(await propose(agent, { amount: 5 })).toMatchObject({ status: 'approved' })
        expect(await propose(agent, { amount: 1 })).toMatchObject({ status: 'denied' })
      }
    },
  )

  test('set after money was spent counts that money', async () => {
    const agent = await makeAgent(adminSql)
    await setGuards(agent, [{ type: 'single_payment', max: '100.00' }])
    await finish(await propose(agent, { amount: 8 }), 'settled')
    await setGuards(agent, [{ type: 'budget', period: 'day', limit: '10.00' }])
    expect(await propose(agent, { amount: 3 })).toMatchObject({ status: 'denied' })
  })

  test('gets back what failed or was cancelled, and keeps what is unknown', async () => {
    const agent = await makeAgent(adminSql)
    await setGuards(agent, [{ type: 'budget', period: 'day', limit: '10.00' }])
    await finish(await propose(agent, { amount: 10 }), 'failed')
    const unclear = await propose(agent, { amount: 10 })
    expect(unclear.status).toBe('approved')
    await finish(unclear, 'unknown')
    expect(await propose(agent, { amount: 1 })).toMatchObject({ status: 'denied' })
    await finish(unclear, 'failed')
    expect(await propose(agent, { amount: 10 })).toMatchObject({ status: 'approved' })
  })

  test('of the person holds over all agents together', async () => {
    const one = await makeAgent(adminSql)
    const two = await makeAgent(adminSql, { owner: one.owner })
    await setGuards(one, [{ type: 'budget', period: 'total', limit: '10.00' }], 'person')
    expect(await propose(one, { amount: 6 })).toMatchObject({ status: 'approved' })
    expect(await propose(two, { amount: 6 })).toMatchObject({ status: 'denied' })
    expect(await propose(two, { amount: 4 })).toMatchObject({ status: 'approved' })
  })
})

describe('a rate', () => {
  test('lets so many through, and one more when one failed', async () => {
    const agent = await makeAgent(adminSql)
    await setGuards(agent, [{ type: 'rate', period: 'day', limit: '2' }])
    await propose(agent)
    const second = await propose(agent)
    expect(second.status).toBe('approved')
    expect(await propose(agent)).toMatchObject({ status: 'denied', reason: 'All 2 payments of this day are made.' })
    await finish(second, 'failed')
    expect(await propose(agent)).toMatchObject({ status: 'approved' })
  })
})

describe('the other guards', () => {
  test.each([
    ['single_payment', { type: 'single_payment', min: '1.00', max: '5.00' }, { amount: 5 }, 'approved'],
    ['single_payment', { type: 'single_payment', min: '1.00', max: '5.00' }, { amount: 5.000001 }, 'denied'],
    ['single_payment', { type: 'single_payment', min: '1.00', max: '5.00' }, { amount: 1 }, 'approved'],
    ['single_payment', { type: 'single_payment', min: '1.00', max: '5.00' }, { amount: 0.999999 }, 'denied'],
    ['recipients', { type: 'recipients', mode: 'allow', addresses: [merchant] }, {}, 'approved'],
    [
      'recipients',
      { type: 'recipients', mode: 'allow', addresses: [merchant] },
      { recipient: merchant.toUpperCase().replace('0X', '0x') },
      'approved',
    ],
    ['recipients', { type: 'recipients', mode: 'allow', addresses: [other] }, {}, 'denied'],
    [
      'recipients',
      { type: 'recipients', mode: 'block', addresses: [merchant] },
      { recipient: merchant.toUpperCase().replace('0X', '0x') },
      'denied',
    ],
    ['approval', { type: 'approval', threshold: '1.00' }, { amount: 1 }, 'needs_approval'],
    ['approval', { type: 'approval', threshold: '1.00' }, { amount: 0.999999 }, 'approved'],
    ['new_recipient', { type: 'new_recipient', action: 'ask' }, { recipient: other }, 'needs_approval'],
    ['hours', { type: 'hours', from: '00:00', to: '24:00' }, {}, 'approved'],
    ['screening', { type: 'screening' }, {}, 'needs_approval'],
  ])('%s: %j of %j is %s', async (_, guard, proposal, status) => {
    const agent = await makeAgent(adminSql)
    await setGuards(agent, [guard])
    expect((await propose(agent, proposal)).status).toBe(status)
  })

  test.each([
    ['pay.shop.example', 'approved', 'denied'],
    ['shop.example', 'approved', 'denied'],
    ['evilshop.example', 'denied', 'approved'],
    ['shop.example.evil.com', 'denied', 'approved'],
    [null, 'denied', 'approved'],
  ])(
    'a contact saved with the domain %s is %s where shop.example is allowed, %s where it is blocked',
    async (domain, allowed, blocked) => {
      const agent = await makeAgent(adminSql)
      await as(agent.owner)((sql) => sql`select app.save_contact('The Shop', ${other}, ${domain})`)
      for (const [mode, status] of [
        ['allow', allowed],
        ['block', blocked],
      ]) {
        await setGuards(agent, [{ type: 'recipients', mode, domains: ['shop.example'] }])
        expect((await simulate(agent, { recipient: 'The Shop' })).status).toBe(status)
        expect((await propose(agent, { recipient: other })).status).toBe(status)
      }
    },
  )

  test('an address has one domain, which is another person’s contact’s never', async () => {
    const agent = await makeAgent(adminSql)
    const stranger = await makeAgent(adminSql)
    await as(stranger.owner)((sql) => sql`select app.save_contact('The Shop', ${other}, 'shop.example')`)
    await setGuards(agent, [{ type: 'recipients', mode: 'allow', domains: ['shop.example'] }])
    expect((await propose(agent, { recipient: other })).status).toBe('denied')
    await as(agent.owner)((sql) => sql`select app.save_contact('The Shop', ${other}, 'a.example')`)
    await expect(
      as(agent.owner)((sql) => sql`select app.save_contact('Again', ${other}, 'b.example')`),
    ).rejects.toMatchObject({ status: 422, code: 'domain_taken' })
  })

  test('a first payment that waits is not begun before its time', async () => {
    const agent = await makeAgent(adminSql)
    await setGuards(agent, [{ type: 'new_recipient', action: 'wait', waitMinutes: '30' }])
    const intent = await propose(agent, { recipient: '0x2222222222222222222222222222222222222222' })
    expect(intent.status).toBe('approved')
    expect(Date.parse(intent.executeAfter) - Date.parse(intent.createdAt)).toBe(30 * 60_000)
    await finish(intent, 'settled')
    const [row] = await adminSql`select status from public.intents where id = ${intent.id}`
    expect(row?.status).toBe('approved')
  })

  test('the same payment again within minutes asks', async () => {
    const agent = await makeAgent(adminSql)
    await setGuards(agent, [{ type: 'duplicate', minutes: '5' }])
    expect((await propose(agent, { amount: 2 })).status).toBe('approved')
    expect((await propose(agent, { amount: 2 })).status).toBe('needs_approval')
    expect((await propose(agent, { amount: 3 })).status).toBe('approved')
  })

  test('all are asked, and one that refuses outweighs those that ask', async () => {
    const agent = await makeAgent(adminSql)
    await setGuards(agent, [
      { type: 'approval', threshold: '1.00' },
      { type: 'single_payment', max: '5.00' },
      { type: 'rate', period: 'hour', limit: '5' },
    ])
    const { status, guardResults } = await propose(agent, { amount: 6 })
    expect(status).toBe('denied')
    expect(guardResults.map((each: { outcome: string }) => each.outcome)).toEqual(['ask', 'refuse', 'pass'])
  })

  test('a simulation says the same and leaves nothing', async () => {
    const agent = await makeAgent(adminSql)
    await setGuards(agent, [{ type: 'budget', period: 'day', limit: '10.00' }])
    const before = await adminSql`select count(*) from public.intents`
    expect(await simulate(agent, { amount: 200 })).toMatchObject({ status: 'denied' })
    expect(await simulate(agent, { amount: 10 })).toMatchObject({ status: 'approved' })
    expect(await simulate(agent, { amount: 10 })).toMatchObject({ status: 'approved' })
    expect(await adminSql`select count(*) from public.intents`).toEqual(before)
  })
})

describe('an approval', () => {
  test('lets exactly the payment go that was shown', async () => {
    const agent = await makeAgent(adminSql)
    const intent = await propose(agent, { amount: 7 })
    const wrong = { ...intent, intentHash: '00'.repeat(32) }
    await expect(decide(agent, wrong, 'approve')).rejects.toMatchObject({ status: 422, code: 'intent_changed' })
    await decide(agent, intent, 'approve')
    await expect(decide(agent, intent, 'approve')).rejects.toMatchObject({ status: 409 })
  })

  test('of the like holds for the same recipient and no more money', async () => {
    const agent = await makeAgent(adminSql)
    await decide(agent, await propose(agent, { amount: 7 }), 'approve', true)
    expect((await propose(agent, { amount: 7 })).status).toBe('approved')
    expect((await propose(agent, { amount: 7.01 })).status).toBe('needs_approval')
    expect((await propose(agent, { amount: 7, recipient: other })).status).toBe('needs_approval')
    await setGuards(agent, [{ type: 'single_payment', max: '1.00' }])
    expect((await propose(agent, { amount: 7 })).status).toBe('denied')
  })
})
