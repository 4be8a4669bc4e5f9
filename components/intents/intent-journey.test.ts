import { describe, expect, test } from 'vitest'
import { intentThat, transferOf } from '#components/intents/intent.fixture.ts'
import { intentJourney } from '#components/intents/intent-journey.ts'
import type { IntentDetail, IntentStatus } from '#lib/intents/schema.ts'

// The stations say where a payment is, who brought it there and where it ended; nothing ahead of it is said to be done.

const approve = { approval: { decision: 'approve' as const, at: '2026-11-21T10:02:00.000Z' } }
const deny = { approval: { decision: 'deny' as const, at: '2026-11-21T10:02:00.000Z' } }
const lines = (intent: IntentDetail) => intentJourney(intent).map(({ title, state }) => `${title}: ${state}`)

describe('a payment that', () => {
  test.each<[string, IntentStatus[], Partial<IntentDetail>, string[]]>([
    [
      'a guard refused',
      ['denied'],
      {},
      ['Proposed by Ada: done', 'Refused by a guard: stopped', 'Sent by Circle: next', 'Arrived: next'],
    ],
    [
      'waits for its person',
      ['needs_approval'],
      {},
      [
        'Proposed by Ada: done',
        'No guard is set, so you are asked: done',
        'Waiting for you: attention',
        'Sent by Circle: next',
        'Arrived: next',
      ],
    ],
    [
      'its person denied',
      ['needs_approval', 'denied'],
      deny,
      [
        'Proposed by Ada: done',
        'No guard is set, so you are asked: done',
        'Denied by you: stopped',
        'Sent by Circle: next',
        'Arrived: next',
      ],
    ],
    [
      'nobody decided in time',
      ['needs_approval', 'expired'],
      {},
      [
        'Proposed by Ada: done',
        'No guard is set, so you are asked: done',
        'Time ran out: stopped',
        'Sent by Circle: next',
        'Arrived: next',
      ],
    ],
    [
      'was approved, and then cancelled',
      ['needs_approval', 'approved', 'cancelled'],
      approve,
      [
        'Proposed by Ada: done',
        'No guard is set, so you are asked: done',
        'Approved by you: done',
        'Cancelled: stopped',
        'Arrived: next',
      ],
    ],
    [
      'the guards let through',
      ['approved'],
      {},
      ['Proposed by Ada: done', 'Let through by the guards: done', 'Being sent: now', 'Arrived: next'],
    ],
    [
      'Circle has not answered for',
      ['approved', 'executing', 'unknown'],
      {},
      ['Proposed by Ada: done', 'Let through by the guards: done', 'Circle has not said: attention', 'Arrived: next'],
    ],
    [
      'failed',
      ['approved', 'executing', 'failed'],
      {},
      ['Proposed by Ada: done', 'Let through by the guards: done', 'Failed: stopped', 'Arrived: next'],
    ],
    [
      'waits for its person’s wallet',
      ['approved', 'awaiting_signature'],
      { agentId: null, agentName: null },
      ['Proposed by you: done', 'Let through by the guards: done', 'Your wallet signs: attention', 'Arrived: next'],
    ],
  ])('%s', (_, way, rest, expected) => {
    expect(lines(intentThat(way, rest))).toEqual(expected)
  })

  test('has a transaction is being confirmed, since when it was sent', () => {
    const intent = intentThat(['approved', 'executing'])
    const [, , sent, arrived] = intentJourney({ ...intent, transfers: [transferOf(intent)] })
    expect(sent).toMatchObject({ title: 'Sent by Circle', state: 'done', at: '2026-11-21T10:03:00.000Z' })
    expect(arrived).toMatchObject({ title: 'Being confirmed', state: 'now' })
  })

  test('came back arrived first', () => {
    const intent = intentThat(['approved', 'executing', 'settled', 'refunded'])
    const transfers = [transferOf(intent, { status: 'confirmed' }), transferOf(intent, { kind: 'refund', hash: '0x1' })]
    const stations = intentJourney({ ...intent, transfers })
    expect(stations.map(({ state }) => state)).toEqual(['done', 'done', 'done', 'done', 'done'])
    expect(stations.at(-1)).toMatchObject({ title: 'Came back', at: '2026-11-21T10:04:00.000Z' })
    expect(stations.at(-2)?.at).toBe('2026-11-21T10:03:00.000Z')
  })
})
