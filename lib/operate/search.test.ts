import { describe, expect, test } from 'vitest'
import { searchTarget } from '#lib/operate/search.ts'

const id = '5F0C1C1E-7d0c-4a63-9d50-1f2c3b4a5d6e'
const address = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8'
const hash = `0x${'Ab'.repeat(32)}`

describe('what a search text names', () => {
  test.each([
    ['id', id, id.toLowerCase()],
    ['address', ` ${address} `, address.toLowerCase()],
    ['hash', hash, hash.toLowerCase()],
    ['stripe', 'cos_1AbC', 'cos_1AbC'],
    ['receipt', 'cw-2026-000012', 'CW-2026-000012'],
    ['job', ' 4711 ', '4711'],
    ['event', 'evt_1AbC', 'evt_1AbC'],
    ['event', 'crypto.onramp_session.updated', 'crypto.onramp_session.updated'],
  ])('a text of the form of its %s', (kind, text, value) => {
    expect(searchTarget(text)).toEqual({ kind, value })
  })

  test.each(['0x12', 'alice', "' or 1=1 --", '%', '0', '9'.repeat(19)])('%j could only be an event', (text) => {
    expect(searchTarget(text)).toEqual({ kind: 'event', value: text })
  })

  test.each(['', '   '])('%j is no search', (text) => {
    expect(searchTarget(text)).toBeUndefined()
  })
})
