import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { testEnvironment } from '#lib/env.testing.ts'
import { seal, unseal } from '#lib/http/sealed.ts'

beforeAll(testEnvironment)

describe('seal', () => {
  test('every text comes back', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }).filter((text) => text.isWellFormed()),
        (text) => unseal('a', seal('a', text)) === text,
      ),
    )
  })

  test('two seals of one text differ', () => {
    expect(seal('a', 'secret').equals(seal('a', 'secret'))).toBe(false)
  })

  test('a changed byte, or another purpose, opens nothing', () => {
    const sealed = seal('a', 'secret')
    fc.assert(
      fc.property(fc.nat(sealed.length - 1), fc.integer({ min: 1, max: 255 }), (index, mask) => {
        const changed = Buffer.from(sealed)
        changed.writeUInt8(changed.readUInt8(index) ^ mask, index)
        expect(() => unseal('a', changed)).toThrow()
      }),
    )
    expect(() => unseal('b', sealed)).toThrow()
  })
})
