import { trace } from '@opentelemetry/api'
import { currentAbout, currentTrace } from '#lib/telemetry/context.ts'
import { redact } from '#lib/telemetry/redact.ts'

type Fields = Record<string, string | number | boolean | null | undefined>

/** What no field of that name may say, however it came there. */
const hidden = /^(?:authorization|cookie|email|password|secret|token|client_?secret|session_?key|private_?key|body)$/i

function write(level: 'info' | 'warn' | 'error', message: string, fields: Fields = {}): void {
  const traceId = trace.getActiveSpan()?.spanContext().traceId ?? currentTrace()?.traceId
  const all: Fields = { ...currentAbout(), traceId, ...fields }
  const line = JSON.stringify({ at: new Date().toISOString(), level, message, ...all }, (name, value: unknown) => {
    if (hidden.test(name)) return '(hidden)'
    return typeof value === 'string' ? redact(value) : value
  })
  // biome-ignore lint/suspicious/noConsole: the one place that writes; the edge runtime has a console and no process.stdout.
  console[level === 'info' ? 'log' : 'error'](line)
}

/**
 * One JSON line an entry, with the ids of the request or job and of its trace. Fields carry ids and outcomes; never secrets,
 * client secrets, bodies or personal data: what looks like one is taken out, and should not have come here.
 */
export const log = {
  info: (message: string, fields?: Fields): void => write('info', message, fields),
  warn: (message: string, fields?: Fields): void => write('warn', message, fields),
  error: (message: string, fields?: Fields): void => write('error', message, fields),
}

/** What may be logged or stored of an unknown error: its name and message. viem's full ones quote the request and the node's key. */
export function errorText(error: unknown): string {
  if (!(error instanceof Error)) return redact(String(error))
  const short = 'shortMessage' in error ? `${error.shortMessage}${detailsOf(error)}` : error.message
  return redact(`${error.name}: ${short}`)
}

function detailsOf(error: Error): string {
  return 'details' in error && typeof error.details === 'string' && error.details !== '' ? ` (${error.details})` : ''
}

/** An error's text and where in the source it was thrown: places only, without the values that a stack begins with. */
export function errorFields(error: unknown): { error: string; stack?: string } {
  const places = error instanceof Error ? placesOf(error) : []
  return { error: errorText(error), ...(places.length > 0 ? { stack: places.join('\n') } : {}) }
}

/** A message may have lines that look like places, so it is left out first. */
function placesOf({ message, stack = '' }: Error): string[] {
  const after = stack.slice(stack.indexOf(message) + message.length)
  return after.match(/^ {4}at .*$/gm)?.map((line) => line.trim()) ?? []
}
