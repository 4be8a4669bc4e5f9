import { expect, test } from 'vitest'
import { reportOf } from '#lib/health/deep-health.ts'
import { lookAt, type Part, type Status } from '#lib/health/part.ts'

test('a look that throws finds the part down, and tells nothing of the error', async () => {
  const part = await lookAt('stripe', async () => {
    throw new Error('sk_live_secret')
  })
  expect(part).toMatchObject({ name: 'stripe', status: 'down', summary: 'It could not be looked at' })
  expect(JSON.stringify(part)).not.toContain('secret')
})

test('a look that hangs is not waited for', async () => {
  const part = await lookAt('stripe', () => new Promise(() => {}), 20)
  expect(part).toMatchObject({ status: 'down', summary: 'No answer within 0.02 seconds' })
})

const names = ['database', 'queue', 'rates', 'stripe', 'stream', 'supabase', 'treasury', 'chain:mezo', 'chain:base']
const partsWith = (changed: Record<string, Status>): Part[] =>
  names.map((name) => ({ name, status: changed[name] ?? 'ok', summary: 'a secret', detail: { milliseconds: 1 } }))

test.each<[Record<string, Status>, Status]>([
  [{}, 'ok'],
  [{ database: 'down' }, 'down'],
  [{ queue: 'down' }, 'down'],
  [{ stripe: 'down' }, 'down'],
  [{ 'chain:mezo': 'down', 'chain:base': 'down' }, 'down'],
  [{ 'chain:mezo': 'down' }, 'degraded'],
  [{ supabase: 'down' }, 'degraded'],
  [{ treasury: 'down' }, 'degraded'],
  [{ treasury: 'degraded' }, 'degraded'],
  [{ queue: 'degraded' }, 'degraded'],
  [{ rates: 'down' }, 'down'],
  [{ stream: 'down' }, 'degraded'],
])('with %j all in all it is %s', (changed, status) => {
  expect(reportOf(partsWith(changed)).status).toBe(status)
})

test('outsiders are told no sentence, no address and nothing of what is promised', () => {
  const parts = partsWith({})
  const treasury = parts.find(({ name }) => name === 'treasury')
  Object.assign(treasury?.detail ?? {}, {
    network: 'mezo',
    address: '0xsecret',
    native: '1',
    nativeLow: '2',
    assets: [{ asset: 'MUSD', network: 'mezo', amount: '3', held: '4567', low: '5' }],
  })
  const report = reportOf(parts)
  expect(report.checks.treasury).toMatchObject({
    native: '1',
    assets: [{ asset: 'MUSD', network: 'mezo', amount: '3', low: '5' }],
  })
  expect(JSON.stringify(report)).not.toMatch(/secret|4567/)
})

test('without a treasury there is none', () => {
  expect(reportOf(partsWith({}).filter(({ name }) => name !== 'treasury')).checks.treasury).toBeNull()
})

test('without brokers there is no stream', () => {
  expect(reportOf(partsWith({}).filter(({ name }) => name !== 'stream')).checks.stream).toBeNull()
})
