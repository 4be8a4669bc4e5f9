import { randomUUID } from 'node:crypto'
import { Hono } from 'hono'

import type { FaultBox } from '#sandbox/http/faults.ts'
import type { NodeEnvironment } from '#sandbox/http/serve.ts'
import type { Store } from '#sandbox/http/store.ts'

/** One webhook to send: the bytes stay the same at every attempt, as providers sign what they stored. */
export type Outgoing = { eventId: string; type: string; objectId: string; body: string }

type Attempt = { at: string; durationMs: number; status: number | null; answer: string; error: string | null }

export type Delivery = Outgoing & {
  id: string
  /** Deliveries of one lane are sent one after the other. */
  lane: string
  state: 'pending' | 'held' | 'delivered' | 'dropped'
  nextAttemptAt: number
  attempts: (Attempt & { url: string })[]
}

export type Deliverer = {
  /** Plans an event's webhook as the present faults say. Part of the caller's batch, so it is kept with the event. */
  send: (event: Outgoing) => void
  /** Sends it again, whatever the faults. */
  resend: (event: Outgoing) => void
  /** GET: every attempt and how it was answered, and what is still to be sent. */
  routes: Hono<NodeEnvironment>
  /** Looks at once for something to send, e.g. after the address became known. */
  wake: () => void
  stop: () => Promise<void>
}

const attemptTimeoutMs = 10_000
const mostAtOnce = 8

/**
 * Sends webhooks until each is answered 2xx, with growing pauses; goes on after a restart where it stopped.
 * `target` gives the present address (null: wait) and `sign` the headers of one attempt.
 */
export function createDeliverer(options: {
  store: Store
  faults: FaultBox
  target: () => string | null
  sign: (body: string, at: Date) => Record<string, string>
  retryMs?: readonly number[]
  holdMs?: number
}): Deliverer {
  const {
    store,
    faults,
    target,
    sign,
    retryMs = [1000, 2000, 4000, 8000, 15_000, 30_000, 60_000],
    holdMs = 3000,
  } = options
  const deliveries = store.collection<Delivery>('deliveries')
  const running = new Map<string, Promise<void>>()
  const open = new Set<string>()
  const abort = new AbortController()
  let timer: NodeJS.Timeout | undefined
  let holdTimer: NodeJS.Timeout | undefined

  const put = (delivery: Delivery) => {
    deliveries.put(delivery.id, delivery)
    if (delivery.state === 'pending' || delivery.state === 'held') open.add(delivery.id)
    else open.delete(delivery.id)
  }
  const openDeliveries = () => [...open].flatMap((id) => deliveries.get(id) ?? [])
  for (const delivery of deliveries.all()) put(delivery)

  const plan = (event: Outgoing, state: Delivery['state'], delayMs: number) =>
    put({
      ...event,
      id: `dlv_${randomUUID()}`,
      lane: event.objectId,
      state,
      nextAttemptAt: Date.now() + delayMs,
      attempts: [],
    })

  const releaseHeld = () => {
    const lane = `reordered ${randomUUID()}`
    const held = openDeliveries().filter((delivery) => delivery.state === 'held')
    store.batch(() => {
      held.reverse().forEach((delivery, index) => {
        // A millisecond apart, so that the turned order is the order of sending.
        put({ ...delivery, lane, state: 'pending', nextAttemptAt: Date.now() - held.length + index })
      })
    })
    pump()
  }
  const holdOn = () => {
    clearTimeout(holdTimer)
    holdTimer = setTimeout(releaseHeld, holdMs)
  }

  const attempt = async (delivery: Delivery, url: string) => {
    const startedAt = Date.now()
    const answer = await post(url, delivery.body, sign(delivery.body, new Date(startedAt)), abort.signal)
    if (abort.signal.aborted) return
    const attempts = [
      ...delivery.attempts,
      { url, at: new Date(startedAt).toISOString(), durationMs: Date.now() - startedAt, ...answer },
    ]
    const done = answer.status !== null && answer.status >= 200 && answer.status < 300
    const pause = retryMs[Math.min(attempts.length, retryMs.length) - 1] ?? 60_000
    put({ ...delivery, state: done ? 'delivered' : 'pending', attempts, nextAttemptAt: Date.now() + pause })
  }

  const pump = () => {
    clearTimeout(timer)
    const url = target()
    if (abort.signal.aborted || url === null) return
    const waiting = openDeliveries()
      .filter((delivery) => delivery.state === 'pending' && !running.has(delivery.lane))
      .sort((left, right) => left.nextAttemptAt - right.nextAttemptAt)
    for (const delivery of waiting) {
      if (running.size >= mostAtOnce || delivery.nextAttemptAt > Date.now()) break
      if (running.has(delivery.lane)) continue
      const run = attempt(delivery, url).finally(() => {
        running.delete(delivery.lane)
        pump()
      })
      running.set(delivery.lane, run)
    }
    const next = waiting.find((delivery) => !running.has(delivery.lane))
    if (next && running.size < mostAtOnce) timer = setTimeout(pump, Math.max(0, next.nextAttemptAt - Date.now()))
  }

  if (openDeliveries().some((delivery) => delivery.state === 'held')) holdOn()
  const wake = () => void setImmediate(pump)
  wake()

  return {
    send: (event) => {
      const delayMs = faults.take('delayMs')
      if (faults.take('drop')) return plan(event, 'dropped', 0)
      const state = faults.take('reorder') ? 'held' : 'pending'
      const copies = 1 + faults.take('duplicate')
      for (let copy = 0; copy < copies; copy += 1) plan(event, state, delayMs)
      if (state === 'held') holdOn()
      wake()
    },
    resend: (event) => {
      plan(event, 'pending', 0)
      wake()
    },
    routes: new Hono<NodeEnvironment>().get('/', (c) => c.json(report(deliveries.all()))),
    wake,
    stop: async () => {
      abort.abort()
      clearTimeout(timer)
      clearTimeout(holdTimer)
      await Promise.allSettled(running.values())
    },
  }
}

function report(deliveries: Delivery[]) {
  const attempts = deliveries.flatMap(({ id, eventId, type, objectId, attempts }) =>
    attempts.map((attempt, index) => ({ deliveryId: id, eventId, type, objectId, attempt: index + 1, ...attempt })),
  )
  const unsent = deliveries.filter((delivery) => delivery.state !== 'delivered')
  return {
    deliveries: attempts.sort((left, right) => left.at.localeCompare(right.at)),
    unsent: unsent.map(({ body: _body, attempts, nextAttemptAt, lane: _lane, ...rest }) => ({
      ...rest,
      attempts: attempts.length,
      nextAttemptAt: rest.state === 'pending' ? new Date(nextAttemptAt).toISOString() : null,
    })),
  }
}

async function post(url: string, body: string, headers: Record<string, string>, signal: AbortSignal) {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
      body,
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(attemptTimeoutMs)]),
    })
    return { status: response.status, answer: (await response.text()).slice(0, 500), error: null }
  } catch (error) {
    return { status: null, answer: '', error: error instanceof Error ? causeOf(error) : String(error) }
  }
}

function causeOf(error: Error): string {
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message
}
