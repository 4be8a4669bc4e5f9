import { beforeAll, describe, expect, test } from 'vitest'
import { testDatabase } from '#supabase/tests/support/database.ts'
import { account } from '#supabase/tests/support/ledger.ts'
import {
  bury,
  deliver,
  fund,
  hashOf,
  musd,
  read,
  recordBroadcast,
  required,
  type Session,
  seenAs,
  sign,
  transferOf,
  treasury,
  treasuryHolds,
} from '#supabase/tests/support/purchase.ts'
import { refusalOf } from '#supabase/tests/support/refusal.ts'
import { ageTransfer, connectionsWaitForALock, holdAsOwner } from '#supabase/tests/support/waits.ts'

// A delivery that cannot be signed keeps its place for a while, then gives it up; a place that is given up is filled.

const { adminSql, as, adminUrl } = await testDatabase()

beforeAll(() => treasuryHolds(10n ** 24n, 1))

const worker = as({ role: 'worker' })
const arrived = { amount: musd, from: treasury }
const transfer = async (id: string) => (await adminSql`select * from public.transfers where id = ${id}`)[0]
const held = async () => (await account(adminSql, 'treasury')).held
const age = (id: string, interval: string) => ageTransfer(adminSql, id, interval)

async function prepared(): Promise<{ session: Session; id: string }> {
  const session = await fund()
  await deliver(session)
  return { session, id: (await transferOf(session, 'treasury_delivery')).id }
}

/** The session's delivery can be begun anew, with a place and a hold of its own, and then arrives once. */
async function expectDeliveredAnew(session: Session, old: string): Promise<void> {
  expect(await deliver(session)).toBe('delivering')
  const again = await transferOf(session, 'treasury_delivery')
  expect(again.id).not.toBe(old)
  expect(BigInt(again.nonce)).toBeGreaterThan(BigInt((await transfer(old))?.nonce))
  await sign(again.id)
  await recordBroadcast(again.id, 'accepted')
  expect(await bury(again.id, arrived)).toBe('confirmed')
  expect(await adminSql`select from public.receipts where session_id = ${session.id}`).toHaveLength(1)
}

describe('a delivery that cannot be signed', () => {
  const unsigned = async (id: string, reason: string): Promise<string> => {
    const [row] = await worker((sql) => sql`select app.record_unsigned(${id}, ${reason}, 'A sentence.') as status`)
    return row?.status
  }

  test.each(['fees', 'short', 'reverts'])('for %s is kept at first, and stays held', async (reason) => {
    const before = await held()
    const { session, id } = await prepared()
    expect(await unsigned(id, reason)).toBe('prepared')
    expect(await read(session)).toMatchObject({ status: 'needs_attention', attention_code: 'delivery_refused' })
    expect(await held()).toBe(before + musd)
    expect(await deliver(session)).toBe('needs_attention')
    expect(
      await adminSql`select from public.transfers where session_id = ${session.id} and kind = 'treasury_delivery'`,
    ).toHaveLength(1)
  })

  test('for fees is never given up: they pass', async () => {
    const { id } = await prepared()
    await age(id, '1 day')
    expect(await unsigned(id, 'fees')).toBe('prepared')
  })

  test.each(['short', 'reverts'])(
    'for %s is given up after two minutes, and who signs it late has nothing to send',
    async (reason) => {
      const before = await held()
      const { session, id } = await prepared()
      await age(id, '121 seconds')
      expect(await unsigned(id, reason)).toBe('failed')
      expect(await transfer(id)).toMatchObject({ failure: 'released', hash: null })
      expect(await held()).toBe(before)
      const [row] = await worker(
        (sql) => sql`select app.record_signed_transfer(${id}, ${hashOf('late')}, ${Buffer.from('late')}) as raw`,
      )
      expect(row).toEqual({ raw: null })
      await expectDeliveredAnew(session, id)
    },
  )

  test('and yet was signed meanwhile is not given up', async () => {
    const { id } = await prepared()
    await age(id, '1 hour')
    await sign(id)
    expect(await unsigned(id, 'short')).toBe('signed')
  })

  test('has a reason that is known', async () => {
    expect(await refusalOf(unsigned((await prepared()).id, 'boredom'))).toBe('CWSTA')
  })
})

describe('a gap in the treasury’s order', () => {
  const fill = async (chainNonce: number): Promise<number> => {
    const [row] = await worker(
      (sql) => sql`select app.fill_nonce_gap('mezo-testnet', ${treasury}, ${chainNonce}, ${required}) as filled`,
    )
    return row?.filled
  }
  const nextNonce = async (): Promise<number> => {
    const [row] = await adminSql`select next_nonce::int as next from private.nonces where address = ${treasury}`
    return row?.next
  }

  /** A delivery whose nonce leaves one out before it; resolves to the one that is left out. */
  async function leaveOneOut(): Promise<number> {
    const gap = await nextNonce()
    const session = await fund()
    await deliver(session, gap + 1)
    return gap
  }

  test('waits for whoever is just being given a nonce', async () => {
    const gap = await leaveOneOut()
    const giving = await holdAsOwner(
      adminUrl,
      (sql) => sql`select from private.nonces where address = ${treasury} for update`,
    )
    const filling = fill(gap)
    await connectionsWaitForALock(adminSql)
    await giving.commit()
    expect(await filling).toBe(1)
  })

  test('is filled by what moves nothing, and can be made to move nothing else', async () => {
    const gap = await leaveOneOut()
    const before = await account(adminSql, 'treasury')
    expect(await fill(gap)).toBe(1)
    const [{ id } = {}] = await adminSql`select id from public.transfers where nonce = ${gap} and kind = 'nonce_fill'`
    for (const change of [
      'session_id = gen_random_uuid()',
      'amount = 1',
      `asset = 'MUSD'`,
      `to_address = '0x${'99'.repeat(20)}'`,
    ]) {
      expect(await refusalOf(adminSql.unsafe(`update public.transfers set ${change} where id = '${id}'`))).toBe('CWSTA')
    }
    await sign(id)
    await recordBroadcast(id, 'accepted')
    expect(await seenAs(id, 'filled', hashOf(`signed ${id}`))).toBe('confirmed')
    expect(await account(adminSql, 'treasury')).toEqual(before)
  })
})
