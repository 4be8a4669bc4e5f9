import { z } from 'zod'

const Value = z.object({ stringValue: z.string(), intValue: z.union([z.string(), z.number()]), boolValue: z.boolean() })
const Attributes = z
  .array(z.object({ key: z.string(), value: Value.partial() }))
  .default([])
  .transform((list) =>
    Object.fromEntries(
      list.map(({ key, value }) => [key, String(value.stringValue ?? value.intValue ?? value.boolValue ?? '')]),
    ),
  )

const Span = z.object({
  traceId: z.string(),
  spanId: z.string(),
  parentSpanId: z.string().optional(),
  name: z.string(),
  startTimeUnixNano: z.coerce.bigint(),
  endTimeUnixNano: z.coerce.bigint(),
  attributes: Attributes,
  links: z.array(z.object({ traceId: z.string(), spanId: z.string() })).default([]),
  status: z.object({ code: z.number().optional() }).default({}),
})

/** What a client of OTLP sends as JSON, as far as it is kept here. */
const Exported = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({ attributes: Attributes }),
      scopeSpans: z.array(z.object({ spans: z.array(Span) })),
    }),
  ),
})

export type StoredSpan = {
  traceId: string
  spanId: string
  parentId: string | null
  links: string[]
  service: string
  name: string
  startMs: number
  ms: number
  failed: boolean
  attributes: Record<string, string>
}

/** OpenTelemetry's code for a span that failed. */
const failedCode = 2

/** The spans in the body of an export. Throws when it is none. */
export function readSpans(body: unknown): StoredSpan[] {
  return Exported.parse(body).resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap(({ spans }) =>
      spans.map((span) => ({
        traceId: span.traceId,
        spanId: span.spanId,
        parentId: span.parentSpanId || null,
        links: span.links.map(({ traceId }) => traceId),
        service: resource.attributes['service.name'] ?? '',
        name: span.name,
        startMs: Number(span.startTimeUnixNano / 1000n) / 1000,
        ms: Number((span.endTimeUnixNano - span.startTimeUnixNano) / 1000n) / 1000,
        failed: span.status.code === failedCode,
        attributes: span.attributes,
      })),
    ),
  )
}

/** The spans of one trace, each after the one it belongs to, with how deep it stands. */
export function asTree(spans: StoredSpan[]): { span: StoredSpan; depth: number }[] {
  const known = new Set(spans.map(({ spanId }) => spanId))
  const inOrder = [...spans].sort((a, b) => a.startMs - b.startMs)
  const under = (parent: string | null, depth: number): { span: StoredSpan; depth: number }[] =>
    inOrder
      .filter(({ parentId }) => (parentId !== null && known.has(parentId) ? parentId : null) === parent)
      .flatMap((span) => [{ span, depth }, ...under(span.spanId, depth + 1)])
  return under(null, 0)
}
