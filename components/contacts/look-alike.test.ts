import { describe, expect, test } from 'vitest'
import { likenessOf } from '#components/contacts/look-alike.ts'

const merchant = { name: 'Merchant', address: '0x90F79bf6EB2c4f870365E785982E1f101E93b906' }

describe('likenessOf', () => {
  test('the same address in another spelling is the same contact', () => {
    expect(likenessOf(merchant.address.toLowerCase(), [merchant])).toMatchObject({ kind: 'same', name: 'Merchant' })
  })
  test('one that differs only where nobody looks is alike', () => {
    const other = `0x90F7${'a'.repeat(32)}B906`
    expect(likenessOf(other, [merchant])).toMatchObject({ kind: 'alike', name: 'Merchant' })
  })
  test.each([
    ['another beginning', `0x90F8${'a'.repeat(32)}b906`],
    ['another end', `0x90F7${'a'.repeat(32)}b907`],
  ])('%s is like none', (_, address) => {
    expect(likenessOf(address, [merchant])).toBeNull()
  })
  test('the contact itself is named before another that looks like it', () => {
    const twin = { name: 'Twin', address: `0x90f7${'a'.repeat(32)}b906` }
    expect(likenessOf(merchant.address, [twin, merchant])).toMatchObject({ kind: 'same', name: 'Merchant' })
  })
})
