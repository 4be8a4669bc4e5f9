import { expect } from '@playwright/test'
import type postgres from 'postgres'
import type { World } from '#e2e/support/world.ts'

export type CreatedSession = {
  id: string
  secret: string
  status: string
  quote: Record<string, unknown>
  checkoutUrl: string
  statusUrl: string
}
export type Session = {
  id: string
  status: string
  attention: { code: string; detail: string } | null
  events: { from: string | null; to: string; actor: string }[]
  transfers: { kind: string; status: string; hash: string | null; amount: string; confirmations: number }[]
  quote: {
    destinationAmount: string
    rate: { raw: string; at: string; settlement: { raw: string; amount: string } | null }
  }
  deliveredAmount: string | null
  checkoutUrl: string | null
  receiptUrl: string | null
}

/** A purchase that the demo accepts; each test changes what it is about. */
export function purchase(overrides: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    walletAddress: '0x90F79bf6EB2c4f870365E785982E1f101E93b906',
    asset: 'MUSD',
    network: 'mezo-testnet',
    sourceAmount: '25.00',
    sourceCurrency: 'USD',
    ...overrides,
  }
}

/** POST /api/v1/onramp/sessions. */
export function postSession(world: World, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${world.app}/api/v1/onramp/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID(), ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
}

/** A new session of a guest. Fails the test when it is refused. */
export async function createSession(world: World, overrides: Record<string, unknown> = {}): Promise<CreatedSession> {
  const response = await postSession(world, purchase(overrides))
  expect(response.status, await response.clone().text()).toBe(201)
  return (await response.json()) as CreatedSession
}

/** The session as its guest sees it. */
export async function readSession(world: World, { id, secret }: { id: string; secret: string }): Promise<Session> {
  const response = await fetch(`${world.app}/api/v1/onramp/sessions/${id}`, {
    headers: { authorization: `Bearer ${secret}` },
  })
  expect(response.status).toBe(200)
  return (await response.json()) as Session
}

/** Waits until the session has that status, and says which it had when it never did. */
export async function waitForStatus(
  world: World,
  session: { id: string; secret: string },
  status: string,
): Promise<Session> {
  await expect.poll(async () => (await readSession(world, session)).status, { timeout: 40_000 }).toBe(status)
  return readSession(world, session)
}

/** The session's id at Stripe, `cos_…`. */
export async function stripeSessionId(db: postgres.Sql, id: string): Promise<string> {
  const [row] = await db<{ stripe_session_id: string }[]>`
    select stripe_session_id from public.onramp_sessions where id = ${id}`
  if (!row) throw new Error(`There is no session ${id}.`)
  return row.stripe_session_id
}

/** What the clock writes by itself, whoever asks for what. The first look at a wallet opens its account in the ledger. */
const clockwork = [
  ...['health_checks', 'alerts', 'alert_messages', 'alert_notices', 'ledger_accounts'],
  ...['rate_sources', 'rate_readings', 'rate_ticks', 'rate_hours', 'rate_days'],
  ...['rate_forecasts', 'rate_forecast_points', 'rate_backtests'],
]

/** How many rows each table has that a refused request must not add to. */
export async function rowCounts(db: postgres.Sql): Promise<Record<string, number>> {
  const tables = await db<{ name: string }[]>`
    select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE' and table_name <> all(${clockwork}) order by 1`
  const counts = await Promise.all(
    tables.map(async ({ name }) => {
      const [row] = await db<{ count: number }[]>`select count(*)::int as count from public.${db(name)}`
      return [name, row?.count ?? 0] as const
    }),
  )
  return Object.fromEntries(counts)
}

type Refusal = { status: number; code: string; field?: string }

/** Expects the answer to be a problem (RFC 9457) with this status and code, which names this field. */
export async function expectProblem(response: Response, { status, code, field }: Refusal): Promise<void> {
  const text = await response.text()
  expect(response.status, text).toBe(status)
  expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/)
  const problem = JSON.parse(text) as Record<string, unknown>
  expect(problem).toMatchObject({ status, code, ...(field === undefined ? {} : { field }) })
  expect(problem.title).toEqual(expect.any(String))
  expect(problem.detail).toEqual(expect.any(String))
  expect(problem.type).toEqual(expect.stringContaining(code))
}
