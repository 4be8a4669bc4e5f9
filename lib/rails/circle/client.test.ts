import { expect, test, vi } from 'vitest'
import { CircleNotConfigured, CircleTimedOut, call, circle, hasCircle } from '#lib/rails/circle/client.ts'
import { outcomeOf } from '#lib/rails/circle/errors.ts'
import { circleNetworks } from '#lib/rails/circle/networks.ts'
import { circleRail } from '#lib/rails/circle/rail.ts'

process.env.CIRCLE_API_KEY = ''
process.env.CIRCLE_ENTITY_SECRET = ''

test('past our patience it is unclear what became of a call', async () => {
  vi.useFakeTimers()
  const waiting = call('createTransaction', () => new Promise<never>(() => {})).catch((error: unknown) => error)
  await vi.advanceTimersByTimeAsync(20_000)
  const error = await waiting
  vi.useRealTimers()
  expect(error).toBeInstanceOf(CircleTimedOut)
  expect(outcomeOf(error)).toBe('unclear')
})

test('a call that is answered in time leaves no timer behind', async () => {
  vi.useFakeTimers()
  expect(await call('getTransaction', async () => 'answered')).toBe('answered')
  expect(vi.getTimerCount()).toBe(0)
  vi.useRealTimers()
})

test('without a key there are no networks for agents, and nothing is asked', async () => {
  expect([hasCircle(), circleNetworks().size]).toEqual([false, 0])
  expect(() => circle()).toThrow(CircleNotConfigured)
  expect(await circleRail.health()).toEqual({ ok: false, detail: 'Circle is not configured' })
})
