import { describe, expect, test } from 'vitest'
import { readTick } from '#lib/stream/read-tick.ts'

const place = { topic: 'causeway.ticks', partition: 2, offset: 2n ** 60n, key: Buffer.from('BTC') }
const good = {
  base: 'BTC',
  quote: 'USD',
  at: '2026-11-21T18:00:00+00:00',
  price: '61234.123456789012345678',
  spreadBasisPoints: 3,
  sources: ['coingecko'],
  observedAt: '2026-11-21T18:03:00.123456+00:00',
  origin: 'feed',
}
const read = (value: unknown) => readTick({ ...place, value: Buffer.from(JSON.stringify(value)) })

describe('readTick', () => {
  test('default: every digit, and where it came from', () => {
    expect(read({ ...good, more: 'is left out' })).toEqual({
      tick: {
        ...good,
        topic: 'causeway.ticks',
        partition: 2,
        position: '1152921504606846976',
        key: 'BTC',
        value: JSON.stringify({ ...good, more: 'is left out' }),
      },
    })
  })

  test.each([
    ['a price that is a number', { ...good, price: 61234.5 }, 'price'],
    ['a price below nothing', { ...good, price: '-1' }, 'price'],
    ['a price that is none', { ...good, price: 'NaN' }, 'price'],
    ['a price with an exponent', { ...good, price: '1e9' }, 'price'],
    ['more decimals than a price has', { ...good, price: `0.${'1'.repeat(25)}` }, 'price'],
    ['an asset that is not followed', { ...good, base: 'DOGE' }, 'base'],
    ['a currency that is not followed', { ...good, quote: 'GBP' }, 'quote'],
    ['a time that is none', { ...good, at: 'yesterday' }, 'at'],
    ['no source', { ...good, sources: [] }, 'sources'],
    ['an origin that is not known', { ...good, origin: 'rumour' }, 'origin'],
    ['nothing', null, 'message'],
    ['a list', [good], 'message'],
  ])('%s is said to be what is wrong', (_, value, where) => {
    const result = read(value)
    expect(result).toEqual({ unreadable: expect.objectContaining({ reason: expect.stringMatching(`^${where}: `) }) })
  })

  test.each([
    ['no JSON', Buffer.from('<html>'), '<html>'],
    ['no UTF-8', Buffer.from([0xff, 0xfe]), 'base64://4='],
    ['a zero, which Postgres takes in no text', Buffer.from('a\0b'), 'base64:YQBi'],
    ['no value at all', undefined, null],
  ])('%s is kept as it can be', (_, value, kept) => {
    expect(readTick({ ...place, value })).toMatchObject({ unreadable: { value: kept } })
  })
})
