import { describe, expect, test } from 'vitest'
import { intentThat } from '#components/intents/intent.fixture.ts'
import { intentWord, intentWords, isMoving } from '#components/intents/intent-words.ts'
import { type GuardResult, type Intent, intentStatuses } from '#lib/intents/schema.ts'

// Each state is a sentence that says where the money is.

const now = Date.parse('2026-11-21T10:05:00Z')
const say = (intent: Intent) => intentWords(intent, 'en-US', now)

const refusal: GuardResult = {
  scope: 'agent',
  guard: 'budget',
  outcome: 'refuse',
  reason: 'Over the budget of the day by $4.00.',
  limit: '10.00',
  used: '4.00',
  remaining: '6.00',
}

test.each(intentStatuses)('%s has a word, and two sentences that end', (status) => {
  const words = say(intentThat([status]))
  expect(intentWord(status)).not.toBe('')
  expect(words.sentence).toMatch(/\.$/)
  expect(words.next).toMatch(/\.$/)
})

describe('a refusal', () => {
  test('says why and whose guard it was', () => {
    expect(say(intentThat(['denied'], { guardResults: [refusal] }))).toEqual({
      sentence: 'Refused: over the budget of the day by $4.00.',
      next: 'That is a guard of Ada. Nothing moved and nothing was held.',
    })
  })

  test('says that others would have refused it too', () => {
    const guardResults = [{ ...refusal, scope: 'person' as const }, refusal]
    expect(say(intentThat(['denied'], { guardResults })).next).toBe(
      'That is a guard that holds for all your wallets. 1 more would have refused it too. Nothing moved and nothing was held.',
    )
  })

  test('by its person is no guard’s', () => {
    const intent = intentThat(['needs_approval', 'denied'], {
      approval: { decision: 'deny', at: '2026-11-21T10:02:00.000Z' },
      reason: 'A person denied it.',
    })
    expect(say(intent).sentence).toBe('You denied this payment. Nothing moved.')
  })
})

test('what waits for its time says so, and what does not is about to be sent', () => {
  expect(say(intentThat(['approved'])).sentence).toContain('about to send')
  expect(say(intentThat(['approved'], { executeAfter: '2026-11-21T11:00:00.000Z' })).sentence).toContain('after a wait')
})

test('what is not certain keeps its money, and is never said to be safe or gone', () => {
  const { sentence, next } = say(intentThat(['executing', 'unknown']))
  expect(sentence).toContain('may have left')
  expect(next).toContain('stay held and are never sent twice')
})

test('only what changes by itself is looked at often', () => {
  expect(intentStatuses.filter((status) => isMoving({ status }))).toEqual([
    'proposed',
    'approved',
    'executing',
    'unknown',
  ])
})
