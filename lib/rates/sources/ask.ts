import { setTimeout } from 'node:timers/promises'
import { parseExactJson } from '#lib/rates/sources/exact-json.ts'
import { SourceFailed } from '#lib/rates/sources/source.ts'
import { withSpan } from '#lib/telemetry/span.ts'

const attempts = 3
const firstPauseMs = 250
const patienceMs = 10_000
/** A year of hours is a tenth of it. */
const longestAnswer = 5_000_000

const minuteMs = 60_000
const dayMs = 1440 * minuteMs

/**
 * Asks a source, and again after ever longer pauses where it does not answer or answers 5xx. A source that says 429 is asked no
 * more. Throws SourceFailed.
 */
export async function ask(url: string, headers: Record<string, string> = {}): Promise<unknown> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await askOnce(url, headers)
    } catch (error) {
      if (!(error instanceof SourceFailed && error.passing) || attempt === attempts) throw error
    }
    // Nobody who failed at the same time comes back at the same time.
    await setTimeout(firstPauseMs * 2 ** (attempt - 1) * (0.5 + Math.random()))
  }
}

async function askOnce(url: string, headers: Record<string, string>): Promise<unknown> {
  const { host } = new URL(url)
  return await withSpan('prices', { kind: 'client', attributes: { 'server.address': host } }, async () => {
    const answer = await fetch(url, {
      headers: { accept: 'application/json', ...headers },
      redirect: 'error',
      signal: AbortSignal.timeout(patienceMs),
    }).catch(unreachable)
    if (answer.ok) return parsed(await answer.text().catch(unreachable))
    await answer.body?.cancel()
    if (answer.status === 429) {
      throw new SourceFailed('It answers 429: too many requests', {
        retryAt: retryTime(answer.headers.get('retry-after'), Date.now()),
      })
    }
    throw new SourceFailed(`It answers ${answer.status}`, { passing: answer.status >= 500 })
  })
}

function unreachable(error: unknown): never {
  const late = error instanceof Error && error.name === 'TimeoutError'
  throw new SourceFailed(late ? 'It does not answer in time' : 'It cannot be reached', { passing: true })
}

function parsed(text: string): unknown {
  try {
    if (text.length <= longestAnswer) return parseExactJson(text)
  } catch {
    // Half an answer, or a page for people.
  }
  throw new SourceFailed('It answers with something else than prices', { passing: true })
}

/** When a source may be asked again, by its Retry-After: seconds, or a date. A minute where it does not say; never more than a day. */
export function retryTime(header: string | null, now: number): Date {
  const at = /^\d+$/.test(header ?? '') ? now + Number(header) * 1000 : Date.parse(header ?? '')
  return new Date(at > now ? Math.min(at, now + dayMs) : now + minuteMs)
}
