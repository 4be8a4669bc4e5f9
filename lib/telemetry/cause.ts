import { type Context, isSpanContextValid, type Link, ROOT_CONTEXT, type SpanContext, trace } from '@opentelemetry/api'
import { z } from 'zod'
import { currentAbout, currentTrace, type TraceAtHand, unixSeconds } from '#lib/telemetry/context.ts'

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

export type KnownCause = { traceparent: string; since: string; requestId: string }

/** What caused what is done now, for the jobs that the database queues. Empty where nothing is known. */
export function cause(): KnownCause {
  const atHand = currentTrace()
  const traceparent = traceparentOf(trace.getActiveSpan()?.spanContext(), atHand)
  const since = traceparent === '' ? '' : String(atHand?.since ?? unixSeconds())
  return { traceparent, since, requestId: currentAbout().requestId ?? '' }
}

/** Where OpenTelemetry makes no span, the trace goes on under its id alone, not sampled. */
function traceparentOf(span: SpanContext | undefined, atHand: TraceAtHand | undefined): string {
  if (span && isSpanContextValid(span)) return `00-${span.traceId}-${span.spanId}-0${span.traceFlags & 1}`
  return atHand ? `00-${atHand.traceId}-${atHand.traceId.slice(16)}-00` : ''
}

export type Origin = { parent: Context; links: Link[]; atHand: TraceAtHand | undefined; requestId: string | undefined }

/** Where a job's span belongs: under the command that queued it, or, when that trace is old, in a trace of its own with a link. */
export function originOf(payload: unknown): Origin {
  const { traceparent, since = 0, requestId } = Payload.safeParse(payload).data?.cause ?? {}
  const own = { parent: ROOT_CONTEXT, links: [], atHand: undefined, requestId }
  if (traceparent === undefined) return own
  const context = spanContextOf(traceparent)
  if (unixSeconds() - since >= traceSeconds) return { ...own, links: [{ context }] }
  const atHand = { traceId: context.traceId, since }
  return { ...own, parent: trace.setSpanContext(ROOT_CONTEXT, context), atHand }
}

function spanContextOf(traceparent: string): SpanContext {
  const [, traceId = '', spanId = '', flags] = traceparent.split('-')
  return { traceId, spanId, traceFlags: Number(flags), isRemote: true }
}
