import { AsyncLocalStorage } from 'node:async_hooks'
import { type Attributes, trace } from '@opentelemetry/api'

/** What the work at hand is about: ids and the role, never anything else. */
export type About = {
  requestId?: string | undefined
  role?: string | undefined
  sessionId?: string | undefined
  transferId?: string | undefined
  webhookEventId?: string | undefined
  intentId?: string | undefined
  walletId?: string | undefined
  jobId?: string | undefined
  task?: string | undefined
  attempt?: number | undefined
}

/** Which trace the work belongs to, and when that began, in Unix seconds. */
export type TraceAtHand = { traceId: string; since: number }

type Store = {
  about: About
  trace: TraceAtHand
}

const storage = new AsyncLocalStorage<Store>()

const attributeNames = {
  requestId: 'causeway.request_id',
  role: 'causeway.role',
  sessionId: 'causeway.session_id',
  transferId: 'causeway.transfer_id',
  webhookEventId: 'causeway.webhook_event_id',
  intentId: 'causeway.intent_id',
  walletId: 'causeway.wallet_id',
  jobId: 'causeway.job_id',
  task: 'causeway.task',
  attempt: 'causeway.attempt',
} as const satisfies Record<keyof About, string>

/** Seconds since 1970. */
export const unixSeconds = (): number => Math.floor(Date.now() / 1000)

/** A trace that begins now, or the one that OpenTelemetry is making. */
function newTrace(): TraceAtHand {
  const traceId = trace.getActiveSpan()?.spanContext().traceId ?? crypto.randomUUID().replaceAll('-', '')
  return { traceId, since: unixSeconds() }
}

/** Runs one request or one job. Whatever it logs, and each span of it, says what it was about. */
export function withContext<Result>(about: About, run: () => Result, atHand: TraceAtHand = newTrace()): Result {
  return storage.run({ about: { ...about }, trace: atHand }, run)
}

/** Adds what became known meanwhile. Outside of a request or a job nobody is told. */
export function note(more: About): void {
  const store = storage.getStore()
  if (store) Object.assign(store.about, more)
  trace.getActiveSpan()?.setAttributes(attributesOf(more))
}

/** What is known so far. */
export function currentAbout(): About {
  return storage.getStore()?.about ?? {}
}

/** The trace at hand, also where OpenTelemetry makes none; undefined outside of a request or a job. */
export function currentTrace(): TraceAtHand | undefined {
  return storage.getStore()?.trace
}

/** The same as a span's attributes. */
export function attributesOf(about: About): Attributes {
  const attributes: Attributes = {}
  for (const [name, value] of Object.entries(about)) {
    if (value !== undefined) attributes[attributeNames[name as keyof About]] = value
  }
  return attributes
}
