import { createHash, randomBytes } from 'node:crypto'

/** Crockford's digits of base 32: no I, L, O or U, so that a code survives being read out. */
const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const LENGTH = 26
const BITS = 128n

/** A new code: 128 random bits in 26 digits of base 32. */
export function makeCode(): string {
  let number = BigInt(`0x${randomBytes(16).toString('hex')}`)
  let code = ''
  for (let at = 0; at < LENGTH; at++) {
    code = digits.charAt(Number(number & 31n)) + code
    number >>= 5n
  }
  return code
}

/** The code that a person typed: in either case, with spaces or hyphens, an O for a 0, an I or an L for a 1. Null when it is none. */
export function readCode(text: string): string | null {
  const code = text.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1')
  if (code.length !== LENGTH) return null
  let number = 0n
  for (const digit of code) {
    const value = digits.indexOf(digit)
    if (value < 0) return null
    number = number * 32n + BigInt(value)
  }
  return number >> BITS === 0n ? code : null
}

/** What of a code is stored for finding it. Of 128 random bits a plain hash gives nothing away. */
export function hashCode(code: string): Buffer {
  return createHash('sha256').update(code).digest()
}
