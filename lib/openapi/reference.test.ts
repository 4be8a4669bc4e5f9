import { expect, test } from 'vitest'
import { openApiDocument } from '#lib/openapi/document.ts'
import { apiReference } from '#lib/openapi/reference.ts'

const { groups, schemes } = apiReference(openApiDocument('https://causeway.example'))
const operations = groups.flatMap((group) => group.operations)
const named = (id: string) => {
  const found = operations.find((operation) => operation.id === id)
  if (!found) throw new Error(`There is no operation ${id}.`)
  return found
}

test('every operation is shown once, under an anchor of its own', () => {
  const anchors = operations.map(({ anchor }) => anchor)
  expect(new Set(anchors).size).toBe(anchors.length)
  expect(groups.map(({ slug }) => slug).filter((slug) => !/^[a-z]+(-[a-z]+)*$/.test(slug))).toEqual([])
  expect(operations.length).toBeGreaterThan(9)
  for (const { anchor } of operations) expect(anchor).toMatch(/^[a-z]+(-[a-z]+)+$/)
})

test('an operation says who may call it', () => {
  expect(named('getOnrampSession')).toMatchObject({
    openToAll: false,
    security: ['sessionSecret', 'accessToken', 'sessionCookie'],
  })
  expect(named('quoteOnramp')).toMatchObject({ openToAll: true, security: [] })
  expect(schemes.map(({ name }) => name)).toContain('sessionSecret')
})

test('fields are told with their types, through references, nulls and arrays', () => {
  const fields = Object.fromEntries(named('getOnrampSession').answer.fields.map((field) => [field.name, field]))
  expect(fields.id).toMatchObject({ type: 'UUID', required: true })
  expect(fields.status).toMatchObject({ type: 'string', values: expect.arrayContaining(['delivered']) })
  expect(fields.deliveredAmount).toMatchObject({
    type: 'string or null',
    description: expect.stringContaining('What arrived'),
  })
  expect(fields.deliveredAt).toMatchObject({ type: 'time or null' })
  expect(fields.transfers?.type).toBe('array of objects')
  expect(fields.transfers?.fields.map(({ name }) => name)).toContain('hash')
  expect(fields.attention).toMatchObject({ type: 'object or null' })
  expect(fields.attention?.fields).toHaveLength(2)
})

test('parameters are told with their examples and bounds', () => {
  const [key] = named('createOnrampSession').parameters
  expect(key).toMatchObject({ in: 'header', name: 'Idempotency-Key', required: true })
  expect(key?.example).not.toBe('')
  const limit = named('listOnrampSessions').parameters.find(({ name }) => name === 'limit')
  expect(limit?.bounds).toEqual(['1 to 100', '25 unless you say otherwise'])
})

test('each refusal has its example, by its code', () => {
  const { refusals, examples } = named('createOnrampSession')
  expect(refusals.map(({ status }) => status)).toEqual(['400', '408', '409', '413', '415', '422', '429', '500', '503'])
  for (const code of refusals.flatMap(({ codes }) => codes)) {
    expect(examples.find(({ label }) => label.endsWith(` ${code}`))?.text).toContain(`"code": "${code}"`)
  }
})
