import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expectProblem, purchase, rowCounts } from '#e2e/support/api.ts'
import { expect, apiTest as test } from '#e2e/support/test.ts'
import { appEnvironment } from '#e2e/support/world.ts'
import { limits } from '#lib/http/rate-limit/limits.ts'
import { startApp } from '#sandbox/app.ts'
import { freePort } from '#sandbox/ports.ts'
import type { Program } from '#sandbox/processes.ts'

// A second instance on the same database, which takes the platform's word for where a request comes from. The world's own
// takes nobody's, so that its callers are one client with a limit of its own.

let instance: { url: string; program: Program; logs: string }

test.beforeAll(async () => {
  const url = `http://127.0.0.1:${await freePort()}`
  const logs = await mkdtemp(join(tmpdir(), 'causeway-instance-'))
  const env = { ...appEnvironment(), APP_URL: url, VERCEL: '1' }
  instance = { url, logs, program: await startApp({ url, env, logs, dev: false }) }
})
test.afterAll(async () => {
  await instance.program.stop()
  await rm(instance.logs, { recursive: true })
})

const from = (address: string, headers: Record<string, string> = {}) => ({
  headers: { 'x-vercel-forwarded-for': address, ...headers },
})
const quote = (address: string) =>
  fetch(
    `${instance.url}/api/v1/onramp/quotes?asset=MUSD&network=mezo-testnet&sourceAmount=25.00&sourceCurrency=USD`,
    from(address),
  )
/** Without a key it is refused after it was counted, and begins nothing. */
const begin = (address: string) =>
  fetch(`${instance.url}/api/v1/onramp/sessions`, {
    method: 'POST',
    ...from(address, { 'content-type': 'application/json' }),
    body: JSON.stringify(purchase()),
  })

/** Sends as many as are allowed, a few at a time, and resolves to the statuses they got. */
async function useUp(count: number, send: () => Promise<Response>): Promise<Set<number>> {
  const statuses = new Set<number>()
  let left = count
  const sender = async () => {
    while (left-- > 0) {
      const answer = await send()
      await answer.body?.cancel()
      statuses.add(answer.status)
    }
  }
  await Promise.all(Array.from({ length: 8 }, sender))
  return statuses
}

async function expectLimited(answer: Response): Promise<void> {
  const seconds = Number(answer.headers.get('retry-after'))
  expect(seconds).toBeGreaterThanOrEqual(1)
  expect(seconds).toBeLessThanOrEqual(60)
  expect(answer.headers.get('cache-control')).toContain('no-store')
  await expectProblem(answer, { status: 429, code: 'rate_limited' })
}

test('too many prices: 429 and when to come back, for that client alone', async () => {
  const cheap = () => fetch(`${instance.url}/api/v1/onramp/quotes`, from('203.0.113.7'))
  expect(await useUp(limits.quotes, cheap)).toEqual(new Set([422]))
  await expectLimited(await quote('203.0.113.7'))
  const other = await quote('203.0.113.8')
  expect(other.status).toBe(200)
})

test('too many purchases: 429 and nothing is begun, for that client alone', async ({ db }) => {
  const before = await rowCounts(db)
  expect(await useUp(limits.sessions, () => begin('203.0.113.9'))).toEqual(new Set([400]))
  await expectLimited(await begin('203.0.113.9'))
  await expectProblem(await begin('203.0.113.10'), { status: 400, code: 'idempotency_key_required' })
  expect(await rowCounts(db)).toEqual(before)
})

test('guessing secrets: 429 in place of 404, and the right one is answered all the same', async ({ world }) => {
  const guess = () =>
    fetch(
      `${instance.url}/api/v1/onramp/sessions/${crypto.randomUUID()}`,
      from('203.0.113.11', { authorization: `Bearer ${'x'.repeat(43)}` }),
    )
  expect(await useUp(limits.wrongSecrets, guess)).toEqual(new Set([404]))
  await expectLimited(await guess())
  const made = await fetch(`${world.app}/api/v1/onramp/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
    body: JSON.stringify(purchase()),
  })
  const { id, secret } = (await made.json()) as { id: string; secret: string }
  const right = await fetch(
    `${instance.url}/api/v1/onramp/sessions/${id}`,
    from('203.0.113.11', { authorization: `Bearer ${secret}` }),
  )
  expect(right.status).toBe(200)
})
