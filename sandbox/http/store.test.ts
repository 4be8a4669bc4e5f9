import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { openStore } from '#sandbox/http/store.ts'

let dir: string
let path: string

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'causeway-store-'))
  path = join(dir, 'state.jsonl')
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

describe('openStore', () => {
  test('keeps the last of each document, in the order of the first', () => {
    const store = openStore(path)
    const things = store.collection<{ n: number }>('things')
    things.put('a', { n: 1 })
    things.put('b', { n: 2 })
    things.put('a', { n: 3 })
    store.close()

    const again = openStore(path)
    expect(again.collection('things').all()).toEqual([{ n: 3 }, { n: 2 }])
    expect(readFileSync(path, 'utf8').trim().split('\n')).toHaveLength(2)
    again.close()
  })

  test('a line that a crash cut short is dropped, what came before stays', () => {
    const store = openStore(path)
    store.collection('things').put('a', 1)
    store.close()
    appendFileSync(path, '[["things","a",2')
    const again = openStore(path)
    expect(again.collection('things').get('a')).toBe(1)
    again.collection('things').put('b', 3)
    again.close()
    expect(openStore(path).collection('things').all()).toEqual([1, 3])
  })

  test('a batch is one line: after a crash all of it is there, or nothing', () => {
    const store = openStore(path)
    store.batch(() => {
      store.collection('sessions').put('s', 'paid')
      store.batch(() => store.collection('events').put('e', 'paid'))
      expect(readFileSync(path, 'utf8')).toBe('')
    })
    expect(readFileSync(path, 'utf8').trim().split('\n')).toHaveLength(1)
    store.close()
  })
})
