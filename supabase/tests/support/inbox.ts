import { randomUUID } from 'node:crypto'
import type postgres from 'postgres'
import { expect } from 'vitest'
import { as } from '#lib/db/as.ts'
import { requestHash } from '#lib/http/idempotency.ts'
import { createOnrampSession } from '#lib/onramp/create.ts'
import { CreateSessionInput } from '#lib/onramp/schema.ts'
import { processWebhook } from '#lib/webhooks/tasks/process.ts'
import type { Bench } from '#sandbox/stripe/bench.ts'
import { begin, openCheckout } from '#supabase/tests/support/purchase.ts'
import { freshRates } from '#supabase/tests/support/rates.ts'

// The inbox beside a Stripe stand-in: events that can be handled, events that cannot, and time that passes for both.

/** A stored event of the type, about a session as Stripe names it; its id. */
export async function receive(stripeId: string, type = 'crypto.onramp_session_updated'): Promise<string> {
  const body = Buffer.from(JSON.stringify({ type, data: { object: { id: stripeId } } }))
  const [row] = await as({ role: 'webhook' })(
    (sql) => sql`select id from app.receive_webhook('stripe', ${randomUUID()}, ${type}, ${body}, 'current_key', now())`,
  )
  return row?.id
}

/** An event whose handling throws, whatever Stripe does: it is of a session of ours that Stripe does not have. */
export async function poison(): Promise<string> {
  const session = await begin()
  await openCheckout(session)
  return await receive(session.stripeId)
}

/** A session that exists at ours and at Stripe's; the name that Stripe gave it. */
export async function purchase(adminSql: postgres.Sql): Promise<string> {
  await freshRates()
  const body = { walletAddress: `0x${'a1'.repeat(20)}`, asset: 'USDC', network: 'base', sourceAmount: '25.00' }
  const { created } = await createOnrampSession({
    actor: { role: 'anon' },
    input: CreateSessionInput.parse({ ...body, sourceCurrency: 'USD' }),
    idempotencyKey: randomUUID(),
    requestHash: requestHash(body),
  })
  const [row] = await adminSql`select stripe_session_id from public.onramp_sessions where id = ${created.id}`
  return row?.stripe_session_id
}

/** Stripe answers every question about a session so; 0 means that it does not answer. */
export const stripeIs = (bench: Bench, status: number) =>
  bench.call('POST', '/sandbox/faults', { status, times: 1000, path: 'GET /v1/crypto/onramp_sessions' })

/** So many attempts at an event, one after the other. */
export async function handle(webhookEventId: string, times = 1): Promise<void> {
  for (let attempt = 0; attempt < times; attempt += 1) await processWebhook({ webhookEventId })
}

/** Time passes for the inbox and its jobs. The rows' own triggers would not allow it. */
export const later = (sql: postgres.Sql, interval: string) =>
  sql.begin((tx) => [
    tx`set local session_replication_role = replica`,
    tx`update public.webhook_events set received_at = received_at - ${interval}::interval, next_attempt_at = next_attempt_at - ${interval}::interval`,
    tx`update public.webhook_event_history set at = at - ${interval}::interval`,
    tx`update graphile_worker._private_jobs set run_at = run_at - ${interval}::interval`,
  ])

/** How long the next attempt is waited for, in seconds; its job waits exactly as long. */
export async function pauseOf(sql: postgres.Sql, id: string): Promise<number> {
  const [row] = await sql`
    select extract(epoch from w.next_attempt_at - clock_timestamp())::float as pause,
      abs(extract(epoch from w.next_attempt_at - j.run_at))::float as apart
    from public.webhook_events w join graphile_worker.jobs j on j.key = 'webhook:' || w.id where w.id = ${id}`
  expect(row?.apart).toBeLessThan(0.1)
  return row?.pause
}
