import { createHash } from 'node:crypto'

// The names of what seed.ts stores, by number.

/** Who runs the desk in the benches. */
export const operatorId = '00000000-0000-4000-8000-00000000019a'

const id = (kind: number, number: number): string => {
  const hex = number.toString(16)
  return `${hex.padStart(8, '0')}-0000-4000-8${kind}00-${hex.padStart(12, '0')}`
}

export const sessionId = (number: number): string => id(0, number)

/** Of the sessions whose number is a multiple of five, or one more. */
export const ownerOf = (number: number, stored: number): string => id(9, Math.floor(number / 5) % (stored / 100))

/** What a guest's link ends with. */
export const secretOf = (number: number): string => `secret-${number}`

/** The hash of a request, as the route makes it. */
export const requestHash = createHash('sha256').update('a request of a bench').digest()
