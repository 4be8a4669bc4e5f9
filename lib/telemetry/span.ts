import {
  type Attributes,
  context as active,
  type Context,
  type Link,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api'
import { Problem } from '#lib/http/problem.ts'
import { attributesOf, currentAbout } from '#lib/telemetry/context.ts'

const tracer = trace.getTracer('causeway')

type Options = {
  /** client: we wait for somebody else; job: somebody else does not wait for us. */
  kind: 'client' | 'job'
  attributes?: Attributes
  /** In place of the span at hand. */
  parent?: Context
  links?: Link[]
}

const kinds = { client: SpanKind.CLIENT, job: SpanKind.CONSUMER }

/**
 * Runs something as a span of the trace at hand. Without an endpoint for traces this costs a microsecond or two. Of an error
 * only its kind is told: a message may quote what was sent.
 */
export function withSpan<Result>(
  name: string,
  { kind, attributes = {}, parent = active.active(), links = [] }: Options,
  run: (span: Span) => Promise<Result>,
): Promise<Result> {
  return tracer.startActiveSpan(name, { kind: kinds[kind], links }, parent, async (span) => {
    if (span.isRecording()) span.setAttributes({ ...attributesOf(currentAbout()), ...attributes })
    try {
      return await run(span)
    } catch (error) {
      span.setAttribute('error.type', kindOf(error))
      // A refusal is an answer: what was asked for does not go, and everything works.
      if (!(error instanceof Problem && error.status < 500)) span.setStatus({ code: SpanStatusCode.ERROR })
      throw error
    } finally {
      span.end()
    }
  })
}

function kindOf(error: unknown): string {
  if (error instanceof Problem) return error.code
  if (!(error instanceof Error)) return typeof error
  return error.name === 'PostgresError' && 'code' in error ? String(error.code) : error.name
}
