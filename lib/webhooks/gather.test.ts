import { AsyncLocalStorage } from 'node:async_hooks'
import { setImmediate as turn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { gather } from '#lib/webhooks/gather.ts'

/** A gatherer of texts whose work ends when the test says so. */
function gathering(limits: { atOnce?: number; items?: number; size?: number; waiting?: number } = {}) {
  const begun: { items: string[]; end: (error?: Error) => void }[] = []
  const add = gather<string, string>({
    work: (items) =>
      new Promise((resolve, reject) => {
        const end = (error?: Error) => (error ? reject(error) : resolve(items.map((item) => item.toUpperCase())))
        begun.push({ items, end })
      }),
    atOnce: limits.atOnce ?? 1,
    batch: { items: limits.items ?? 10, size: limits.size ?? 100 },
    waiting: { items: limits.waiting ?? 10, size: 100 },
    sizeOf: (item) => item.length,
    keyOf: (item) => item,
    mayBeOneOf: (error) => error instanceof Error && error.message === 'poison',
    full: () => new Error('full'),
  })
  const pieces = () => begun.map(({ items }) => items.join(' '))
  const end = async (index: number, error?: Error) => {
    begun[index]?.end(error)
    await turn()
  }
  return { add, pieces, end }
}

test('one alone begins in the same turn of the event loop', async () => {
  const { add, pieces, end } = gathering()
  const outcome = add('a')
  await turn()
  expect(pieces()).toEqual(['a'])
  await end(0)
  expect(await outcome).toBe('A')
})

test('those who come meanwhile go together, and each has its own outcome', async () => {
  const { add, pieces, end } = gathering()
  const outcomes = [add('a')]
  await turn()
  outcomes.push(add('b'), add('c'))
  await turn()
  expect(pieces()).toEqual(['a'])
  await end(0)
  expect(pieces()).toEqual(['a', 'b c'])
  await end(1)
  expect(await Promise.all(outcomes)).toEqual(['A', 'B', 'C'])
})

test('no more are under way at once, or go together, than is said', async () => {
  const { add, pieces, end } = gathering({ atOnce: 2, items: 2, size: 5 })
  const outcomes = ['a', 'b', 'c', 'dddddddd', 'ee', 'ff', 'gg'].map(add)
  await turn()
  expect(pieces()).toEqual(['a b', 'c'])
  await end(0)
  await end(1)
  expect(pieces()).toEqual(['a b', 'c', 'dddddddd', 'ee ff'])
  await end(2)
  await end(3)
  await end(4)
  expect(await Promise.all(outcomes)).toHaveLength(7)
})

test('the same key follows itself, in the order of coming', async () => {
  const { add, pieces, end } = gathering()
  const outcomes = ['a', 'b', 'a', 'c'].map(add)
  await turn()
  await end(0)
  await end(1)
  expect(pieces()).toEqual(['a b', 'a c'])
  expect(await Promise.all(outcomes)).toEqual(['A', 'B', 'A', 'C'])
})

test('of what may be one item’s fault only that item fails', async () => {
  const { add, pieces, end } = gathering()
  const outcomes = Promise.allSettled(['a', 'b', 'c'].map(add))
  await turn()
  await end(0, new Error('poison'))
  await end(1)
  await end(2, new Error('poison'))
  await end(3)
  expect(pieces()).toEqual(['a b c', 'a', 'b', 'c'])
  expect((await outcomes).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
})

test('of anything else all of them fail, once, and the next begin', async () => {
  const { add, pieces, end } = gathering()
  const outcomes = Promise.allSettled(['a', 'b'].map(add))
  await turn()
  const next = add('c')
  await end(0, new Error('away'))
  expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  await end(1)
  expect(pieces()).toEqual(['a b', 'c'])
  expect(await next).toBe('C')
})

test('for whom there is no room is told so at once, and there is room again afterwards', async () => {
  const { add, pieces, end } = gathering({ waiting: 2 })
  const outcomes = [add('a')]
  await turn()
  outcomes.push(add('b'), add('c'))
  await expect(add('d')).rejects.toThrow('full')
  await end(0)
  outcomes.push(add('e'))
  await end(1)
  await end(2)
  expect(pieces()).toEqual(['a', 'b c', 'e'])
  expect(await Promise.all(outcomes)).toEqual(['A', 'B', 'C', 'E'])
  await expect(add('x'.repeat(101))).rejects.toThrow('full')
})

test('work is done in the context of the first whom it is for', async () => {
  const storage = new AsyncLocalStorage<string>()
  const seen: (string | undefined)[] = []
  const add = gather<string, string>({
    work: async (items) => {
      seen.push(storage.getStore())
      return items
    },
    atOnce: 1,
    batch: { items: 1, size: 100 },
    waiting: { items: 10, size: 100 },
    sizeOf: () => 1,
    keyOf: (item) => item,
    mayBeOneOf: () => false,
    full: () => new Error('full'),
  })
  await Promise.all(['a', 'b', 'c'].map((name) => storage.run(name, () => add(name))))
  expect(seen).toEqual(['a', 'b', 'c'])
})
