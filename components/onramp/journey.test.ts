import { describe, expect, test } from 'vitest'
import { journey } from '#components/onramp/journey.ts'
import { aSession, aTransfer } from '#components/onramp/session.fixture.ts'

const states = (session: Parameters<typeof journey>[0]) => journey(session).map((station) => station.state)

describe('the stations of a purchase', () => {
  test.each([
    ['created', ['now', 'next', 'next', 'next', 'next']],
    ['awaiting_payment', ['now', 'next', 'next', 'next', 'next']],
    ['processing', ['done', 'now', 'next', 'next', 'next']],
    ['funded', ['done', 'done', 'now', 'next', 'next']],
    ['delivering', ['done', 'done', 'done', 'now', 'next']],
    ['delivered', ['done', 'done', 'done', 'done', 'done']],
    ['expired', ['stopped', 'next', 'next', 'next', 'next']],
    ['rejected', ['done', 'stopped', 'next', 'next', 'next']],
    ['unknown', ['done', 'done', 'done', 'attention', 'next']],
    ['needs_attention', ['done', 'done', 'attention', 'next', 'next']],
  ] as const)('%s stands where the money is', (status, expected) => {
    expect(states(aSession(status))).toEqual(expected)
  })

  test('each was reached when its event says', () => {
    const session = aSession('funded')
    const [awaiting, processing, funded, delivering] = journey(session)
    expect(awaiting?.at).toBe(session.events[1]?.at)
    expect(processing?.at).toBe(session.events[2]?.at)
    expect(funded?.at).toBe(session.events[3]?.at)
    expect(delivering?.at).toBeNull()
  })

  test('the payout to the treasury proves the funds, the delivery proves itself', () => {
    const session = aSession('delivering', {
      transfers: [aTransfer('stripe_payout', '25.00'), aTransfer('treasury_delivery', '24.61')],
    })
    const stations = journey(session)
    expect(stations.find((each) => each.name === 'funded')?.proof?.kind).toBe('stripe_payout')
    expect(stations.find((each) => each.name === 'delivering')?.proof?.kind).toBe('treasury_delivery')
  })

  test('where Stripe pays the wallet, its payout is the delivery', () => {
    const session = aSession('delivering', { delivery: 'stripe', transfers: [aTransfer('stripe_payout', '25.00')] })
    const stations = journey(session)
    expect(stations.find((each) => each.name === 'funded')?.proof).toBeNull()
    expect(stations.find((each) => each.name === 'delivering')?.proof?.kind).toBe('stripe_payout')
  })
})

test('a purchase paid too late waits for a person, and has not ended', () => {
  expect(states(aSession('expired', { paidAfterExpiry: true }))[0]).toBe('attention')
})
