import { describe, expect, test } from 'vitest'
import { checkAddress, checksumFault } from '#components/onramp/address-check.ts'

const good = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'
const token = '0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913'
const context = { tokenAddresses: [token], knownAddresses: [good] }

describe('an address being typed', () => {
  test.each(['0', '0x', '0x5aAeb6', good.slice(0, 41)])('%s may still become one', (typed) => {
    expect(checkAddress(typed, context).state).toBe('typing')
  })

  test.each([
    ['hello', 'starts with 0x'],
    ['vitalik.eth', 'Names are not looked up'],
    ['0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeg', '“g” cannot be part'],
    [`${good}00`, '2 too many characters'],
    [`0x${'0'.repeat(40)}`, 'zero address'],
    [token.toLowerCase(), 'a token’s contract'],
  ])('%s is refused', (typed, words) => {
    const verdict = checkAddress(typed, context)
    expect(verdict.state === 'refused' && verdict.reason).toContain(words)
  })

  test('is good when whole, with the space around it let go', () => {
    expect(checkAddress(` ${good}\n`, context)).toEqual({ state: 'good', address: good, caution: null })
  })

  test('is pointed out when it only looks like one used before', () => {
    const alike = `${good.slice(0, 6)}${'1'.repeat(32)}${good.slice(-4)}`
    const verdict = checkAddress(alike, context)
    expect(verdict.state === 'good' && verdict.caution).toContain('a different one')
  })
})

describe('a checksum', () => {
  test.each([good, good.toLowerCase(), `0x${good.slice(2).toUpperCase()}`])('%s passes', async (address) => {
    expect(await checksumFault(address)).toBeNull()
  })

  test('with one letter of the wrong case is refused', async () => {
    expect(await checksumFault(good.replace('aA', 'AA'))).toContain('does not match')
  })
})
