import { expect, test } from 'vitest'
import { csvPath, filterOf, paramsOf, readQuery } from '#app/(account)/intents/query.ts'

const agent = '0197a4c4-0c3f-7d21-8f6e-5a4b3c2d1e02'
const params = { status: 'settled', agent, q: 'hosting', from: '2026-11-01', to: '2026-11-30' }

test('a day is meant whole, in UTC', () => {
  expect(filterOf(readQuery(params))).toEqual({
    status: 'settled',
    agentId: agent,
    q: 'hosting',
    from: '2026-11-01T00:00:00Z',
    to: '2026-12-01T00:00:00.000Z',
  })
})

test('the address of the next page narrows as this one does', () => {
  expect(paramsOf(readQuery(params))).toEqual(params)
})

test('what nobody of ours wrote narrows nothing', () => {
  const query = readQuery({ status: 'paid', agent: "' or true --", from: 'yesterday', to: ['2026-11-30'], q: '' })
  expect(filterOf(query)).toEqual({})
  expect(csvPath(query)).toBe('/api/v1/intents?format=csv')
})
