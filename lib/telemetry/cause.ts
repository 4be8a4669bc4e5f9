import { type Context, isSpanContextValid, type Link, ROOT_CONTEXT, type SpanContext, trace } from '@opentelemetry/api'
import { z } from 'zod'
import { currentAbout, traceBegan, unixSeconds } from '#lib/telemetry/context.ts'

/** How a job's payload says what caused it (private.job_cause). */
const Cause = z.object({
  traceparent: z
    .string()
    .regex(/^00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]$/)
    .optional(),
  since: z.number().int().optional(),
  requestId: z.string().optional(),
})

const Payload = z.object({ cause: Cause })

/**
 * A trace goes on for this long. What comes later begins its own, and links to what caused it: a purchase may be watched for
 * days, and a trace of days is read by nobody.
 */
const traceSeconds = 15 * 60

/** What the database is told of the work at hand, for the jobs that it queues. Empty where nothing is known. */
export function cause(): { traceparent: string; since: string; requestId: string } {
  const span = trace.getActiveSpan()?.spanContext()
  const traceparent =
    span && isSpanContextValid(span) ? `00-${span.traceId}-${span.spanId}-0${span.traceFlags & 1}` : ''
  return {
    traceparent,
    since: traceparent === '' ? '' : String(traceBegan()),
    requestId: currentAbout().requestId ?? '',
  }
}

export type Origin = { parent: Context; links: Link[]; since: number; requestId: string | undefined }

/** Where a job's span belongs: under the command that queued it, or, when that trace is old, in a trace of its own with a link. */
export function originOf(payload: unknown): Origin {
  const { traceparent, since = 0, requestId } = Payload.safeParse(payload).data?.cause ?? {}
  const now = unixSeconds()
  if (traceparent === undefined) return { parent: ROOT_CONTEXT, links: [], since: now, requestId }
  const context = spanContextOf(traceparent)
  return now - since < traceSeconds
    ? { parent: trace.setSpanContext(ROOT_CONTEXT, context), links: [], since, requestId }
    : { parent: ROOT_CONTEXT, links: [{ context }], since: now, requestId }
}

function spanContextOf(traceparent: string): SpanContext {
  const [, traceId = '', spanId = '', flags] = traceparent.split('-')
  return { traceId, spanId, traceFlags: Number(flags), isRemote: true }
}
