import type { SpanProcessor } from '@opentelemetry/sdk-trace-node'

/** Where Vercel's runtime keeps what belongs to the request at hand. */
const requestContext = Symbol.for('@vercel/request-context')

type RequestContext = { get?: () => { waitUntil?: (work: Promise<unknown>) => void } | undefined }

/** Vercel freezes an instance once its request is answered, so each request waits, after its answer, until its spans are sent. */
export function flushOnVercel(processor: SpanProcessor): SpanProcessor {
  return {
    onStart: (span, context) => processor.onStart(span, context),
    onEnd: (span) => {
      processor.onEnd(span)
      if (span.parentSpanContext === undefined || span.parentSpanContext.isRemote) waitUntil(processor.forceFlush())
    },
    forceFlush: () => processor.forceFlush(),
    shutdown: () => processor.shutdown(),
  }
}

function waitUntil(work: Promise<unknown>): void {
  const context: RequestContext | undefined = Reflect.get(globalThis, requestContext)
  context?.get?.()?.waitUntil?.(work)
}
