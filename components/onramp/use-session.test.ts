import { describe, expect, test } from 'vitest'
import { aSession } from '#components/onramp/session.fixture.ts'
import { isOver, waitFor } from '#components/onramp/use-session.ts'

const minute = 60_000

describe('how long until the next look', () => {
  test('is short while money moves, and longer for what takes people', () => {
    const moving = waitFor(aSession('delivering'), 0) ?? 0
    const held = waitFor(aSession('needs_attention'), 0) ?? 0
    expect(moving).toBeLessThan(2_000)
    expect(held).toBeGreaterThan(moving)
  })

  test('grows with the patience of a page left open, up to a bound', () => {
    const waits = [0, 6, 31].map((minutes) => waitFor(aSession('awaiting_payment'), minutes * minute) ?? 0)
    expect(waits).toEqual(waits.toSorted((a, b) => a - b))
    expect(Math.max(...waits)).toBeLessThanOrEqual(15_000)
  })

  test.each(['rejected', 'expired'] as const)('is long once %s, as it may be paid late, and bounded', (status) => {
    expect(waitFor(aSession(status), 0)).toBe(15_000)
    expect(waitFor(aSession(status), 29 * minute)).toBe(15_000)
    expect(waitFor(aSession(status), 30 * minute)).toBeNull()
    expect(isOver(aSession(status))).toBe(false)
  })

  test('is never once delivered, when the receipt is there', () => {
    expect(isOver(aSession('delivered'))).toBe(false)
    expect(isOver(aSession('delivered', { receiptUrl: 'https://causeway.example/receipts/1' }))).toBe(true)
  })
})
