import type { Attributes } from '@opentelemetry/api'
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-node'
import { redact } from '#lib/telemetry/redact.ts'

/**
 * The attributes that leave this process: ours, and of Next's those that say where and how long. Whatever else a library adds,
 * today or in its next version, stays here: full addresses, headers, what an exception said.
 */
const allowed = new Set([
  'http.method',
  'http.request.method',
  'http.response.status_code',
  'http.route',
  'http.status_code',
  'db.system.name',
  'error.type',
  'next.page',
  'next.route',
  'next.rsc',
  'next.segment',
  'next.span_type',
  'rpc.method',
  'rpc.system.name',
  'server.address',
])

const isAllowed = (name: string): boolean => allowed.has(name) || name.startsWith('causeway.')

function clean(attributes: Attributes): Attributes {
  return Object.fromEntries(
    Object.entries(attributes).flatMap(([name, value]): [string, Attributes[string]][] =>
      isAllowed(name) ? [[name, typeof value === 'string' ? redact(value) : value]] : [],
    ),
  )
}

/** The span with what may leave. Of an exception only that there was one; a caller's own tracestate is not passed on. */
function cleanSpan(span: ReadableSpan): ReadableSpan {
  const { traceId, spanId, traceFlags } = span.spanContext()
  return Object.create(span, {
    name: { value: redact(span.name) },
    attributes: { value: clean(span.attributes) },
    events: { value: span.events.map((event) => ({ ...event, attributes: clean(event.attributes ?? {}) })) },
    status: { value: { code: span.status.code } },
    spanContext: { value: () => ({ traceId, spanId, traceFlags }) },
  })
}

/** Sends spans by another exporter, cleaned of everything that is not known to be harmless. */
export function cleanExporter(exporter: SpanExporter): SpanExporter {
  return {
    export: (spans, done) => exporter.export(spans.map(cleanSpan), done),
    shutdown: () => exporter.shutdown(),
    forceFlush: async () => await exporter.forceFlush?.(),
  }
}
