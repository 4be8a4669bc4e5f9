import { z } from 'zod'

const Body = z.object({ code: z.union([z.string(), z.number()]), error_code: z.string() }).partial()

export type Answer = {
  status: number
  /** Where it wants us to go; redirects are never followed. */
  location: string | null
  date: string | null
  /** The stable code of an error, in whichever of the usual places it is. */
  code: string | undefined
  json: unknown
  milliseconds: number
}

/** One request, at most ten seconds, no redirect followed. Throws when nothing answers. */
export async function ask(url: string, init: RequestInit = {}): Promise<Answer> {
  const since = performance.now()
  const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(10_000), ...init })
  const json: unknown = await response.json().catch(() => undefined)
  const body = Body.safeParse(json).data
  return {
    status: response.status,
    location: response.headers.get('location'),
    date: response.headers.get('date'),
    code: body?.error_code ?? (typeof body?.code === 'string' ? body.code : undefined),
    json,
    milliseconds: Math.round(performance.now() - since),
  }
}

/** Why nothing answered, in words. fetch hides the reason in its error's cause. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'does not answer'
  if (error.name === 'TimeoutError') return 'does not answer within ten seconds'
  const { cause } = error
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : undefined
  if (code === 'ECONNREFUSED') return 'nothing listens there'
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'there is no such host'
  return `does not answer (${code ?? error.message})`
}
