import { expect, test } from 'vitest'
import { waitForIntent } from '#components/intents/use-intent.ts'
import { intentStatuses } from '#lib/intents/schema.ts'

test('what has ended for good is not looked at again; everything else is, within fifteen seconds', () => {
  const ended = intentStatuses.filter((status) => waitForIntent({ status, receiptId: null }) === null)
  expect(ended).toEqual(['denied', 'failed', 'cancelled', 'expired', 'refunded'])
  for (const status of intentStatuses) {
    expect(waitForIntent({ status, receiptId: 'a receipt' }) ?? 0).toBeLessThanOrEqual(15_000)
  }
})

test('what is settled is looked at often until its receipt is there', () => {
  const before = waitForIntent({ status: 'settled', receiptId: null })
  expect(before).toBeLessThan(waitForIntent({ status: 'settled', receiptId: 'a receipt' }) ?? 0)
})
