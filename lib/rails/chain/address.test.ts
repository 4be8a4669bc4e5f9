import fc from 'fast-check'
import { bytesToHex, getAddress } from 'viem'
import { describe, expect, test } from 'vitest'
import { InvalidAddress, parseAddress } from '#lib/rails/chain/address.ts'
import { tokens } from '#lib/rails/chain/tokens.ts'

function reasonOf(text: string): string {
  try {
    return `accepted as ${parseAddress(text)}`
  } catch (error) {
    if (error instanceof InvalidAddress) return error.reason
    throw error
  }
}

// The examples of EIP-55 itself.
const checksummed = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'

describe('parseAddress', () => {
  test.each([checksummed, checksummed.toLowerCase(), `0x${checksummed.slice(2).toUpperCase()}`])(
    'accepts %s in checksum spelling',
    (text) => {
      expect(parseAddress(text)).toBe(checksummed)
    },
  )

  test.each([
    ['', 'malformed'],
    ['0x', 'malformed'],
    ['5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed', 'malformed'],
    ['0X5aaeb6053f3e94c9b9a09f33669435e7ef1beaed', 'malformed'],
    [checksummed.slice(0, -1), 'malformed'],
    [`${checksummed}0`, 'malformed'],
    [`${checksummed}\n`, 'malformed'],
    [` ${checksummed}`, 'malformed'],
    ['0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeg', 'malformed'],
    ['vitalik.eth', 'malformed'],
    ['0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD', 'checksum'],
    ['0x5AAeb6053F3E94C9b9A09f33669435E7Ef1BeAed', 'checksum'],
    ['0x0000000000000000000000000000000000000000', 'zero'],
  ])('refuses %j: %s', (text, reason) => {
    expect(reasonOf(text)).toBe(reason)
  })

  test.each(tokens)('refuses the contract of $asset on $network, however it is spelled', ({ address }) => {
    expect(reasonOf(address)).toBe('token_contract')
    expect(reasonOf(address.toLowerCase())).toBe('token_contract')
  })

  const addresses = fc.uint8Array({ minLength: 20, maxLength: 20 }).map((bytes) => getAddress(bytesToHex(bytes)))

  test('every address is read the same from its three spellings', () => {
    fc.assert(
      fc.property(addresses, (address) => {
        const upper = `0x${address.slice(2).toUpperCase()}`
        expect([address, address.toLowerCase(), upper].map(reasonOf)).toEqual(Array(3).fill(reasonOf(address)))
      }),
    )
  })

  test('a letter in the wrong case is always noticed, unless no letter is left in the other case', () => {
    fc.assert(
      fc.property(addresses, fc.nat({ max: 39 }), (address, position) => {
        const at = position + 2
        const letter = address.charAt(at)
        const other = letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase()
        const changed = address.slice(0, at) + other + address.slice(at + 1)
        const digits = changed.slice(2)
        fc.pre(other !== letter && digits !== digits.toLowerCase() && digits !== digits.toUpperCase())
        expect(reasonOf(changed)).toBe('checksum')
      }),
    )
  })
})
