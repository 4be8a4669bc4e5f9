import { expect, test } from 'vitest'
import { openStage } from '#sandbox/stage.ts'

test('parts stop in the opposite order of their start, once', async () => {
  const order: string[] = []
  const stage = openStage(() => {})
  for (const name of ['first', 'second', 'third']) {
    await stage.start(name, async () => ({ stop: async () => void order.push(name) }))
  }
  await Promise.all([stage.stop(), stage.stop()])
  expect(order).toEqual(['third', 'second', 'first'])
})

test('a part that does not stop cleanly does not keep the others up', async () => {
  const order: string[] = []
  const stage = openStage(() => {})
  await stage.start('first', async () => ({ stop: async () => void order.push('first') }))
  await stage.start('second', async () => ({ stop: () => Promise.reject(new Error('stuck')) }))
  await expect(stage.stop()).rejects.toThrow('did not stop cleanly')
  expect(order).toEqual(['first'])
})

test('a part that ends by itself is told of, with its last words', async () => {
  const stage = openStage(() => {})
  stage.watch(Promise.resolve('worker ended (exit code 1)'), () => 'out of memory')
  expect(await stage.failure).toBe('worker ended (exit code 1), although nobody stopped it. It said:\nout of memory')
})

test('nothing more comes up once the start is called off', async () => {
  const off = new AbortController()
  const stage = openStage(() => {}, off.signal)
  await stage.step('first', async () => off.abort())
  await expect(stage.step('second', async () => expect.unreachable())).rejects.toThrow('aborted')
})
