import { AsyncLocalStorage } from 'node:async_hooks'
import { type Attributes, trace } from '@opentelemetry/api'

/** What the work at hand is about: ids and the role, never anything else. */
export type About = {
  requestId?: string | undefined
  role?: string | undefined
  sessionId?: string | undefined
  transferId?: string | undefined
  webhookEventId?: string | undefined
  jobId?: string | undefined
  task?: string | undefined
  attempt?: number | undefined
}

type Store = {
  about: About
  /** When the trace at hand began, in Unix seconds. */
  since: number
}

const storage = new AsyncLocalStorage<Store>()

const attributeNames = {
  requestId: 'causeway.request_id',
  role: 'causeway.role',
  sessionId: 'causeway.session_id',
  transferId: 'causeway.transfer_id',
  webhookEventId: 'causeway.webhook_event_id',
  jobId: 'causeway.job_id',
  task: 'causeway.task',
  attempt: 'causeway.attempt',
} as const satisfies Record<keyof About, string>

/** Seconds since 1970. */
export const unixSeconds = (): number => Math.floor(Date.now() / 1000)

/** Runs one request or one job. Whatever it logs, and each span of it, says what it was about. */
export function withContext<Result>(about: About, run: () => Result, since: number = unixSeconds()): Result {
  return storage.run({ about: { ...about }, since }, run)
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

/** When the trace at hand began, in Unix seconds: now, where nobody said. */
export function traceBegan(): number {
  return storage.getStore()?.since ?? unixSeconds()
}

/** The same as a span's attributes. */
export function attributesOf(about: About): Attributes {
  const attributes: Attributes = {}
  for (const [name, value] of Object.entries(about)) {
    if (value !== undefined) attributes[attributeNames[name as keyof About]] = value
  }
  return attributes
}
