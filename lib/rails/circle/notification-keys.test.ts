import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { createKeyring, TooManyKeysAsked } from '#lib/rails/circle/notification-keys.ts'

const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })

function keyring(answer: (keyId: string) => Promise<KeyObject | undefined>) {
  const asked: string[] = []
  let time = 0
  const keyOf = createKeyring({
    ask: (keyId) => {
      asked.push(keyId)
      return answer(keyId)
    },
    now: () => time,
    keptMs: 3_600_000,
    asksAMinute: 3,
  })
  const pass = (ms: number): void => {
    time += ms
  }
  return { keyOf, asked, pass }
}

describe('createKeyring', () => {
  test('a key is asked for once, however many come at the same time, and again when its time is over', async () => {
    const { keyOf, asked, pass } = keyring(async () => publicKey)
    expect(await Promise.all([keyOf('a'), keyOf('a'), keyOf('a')])).toEqual([publicKey, publicKey, publicKey])
    expect(asked).toEqual(['a'])
    pass(3_600_000)
    await keyOf('a')
    expect(asked).toEqual(['a', 'a'])
  })

  test('that Circle does not know a key stands for a minute', async () => {
    const { keyOf, asked, pass } = keyring(async () => undefined)
    expect(await keyOf('a')).toBeUndefined()
    expect(await keyOf('a')).toBeUndefined()
    expect(asked).toEqual(['a'])
    pass(60_000)
    await keyOf('a')
    expect(asked).toEqual(['a', 'a'])
  })

  test('a failure is not kept', async () => {
    let isDown = true
    const { keyOf } = keyring(async () => {
      if (isDown) throw new Error('down')
      return publicKey
    })
    await expect(keyOf('a')).rejects.toThrow('down')
    isDown = false
    expect(await keyOf('a')).toBe(publicKey)
  })

  test('made-up keys do not make us ask without end, and a known one goes on', async () => {
    const { keyOf, asked, pass } = keyring(async (keyId) => (keyId === 'true' ? publicKey : undefined))
    await keyOf('true')
    await keyOf('made up 1')
    await keyOf('made up 2')
    await expect(keyOf('made up 3')).rejects.toBeInstanceOf(TooManyKeysAsked)
    expect(await keyOf('true')).toBe(publicKey)
    expect(asked).toHaveLength(3)
    pass(60_000)
    expect(await keyOf('made up 3')).toBeUndefined()
  })
})
