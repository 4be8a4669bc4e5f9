import { Problem } from '#lib/http/problem.ts'

/** How long a body may take to arrive. It is small, so whoever is slower holds a connection on purpose. */
const patienceMs = 10_000

/**
 * Reads a request's body, but never more than `maxBytes` and never for longer than ten seconds: what is longer or slower is
 * refused while it is still arriving, whatever its Content-Length claims.
 */
export async function readBody(request: Request, maxBytes: number, milliseconds = patienceMs): Promise<Uint8Array> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(tooSlow(milliseconds)), milliseconds)
  try {
    // Nobody waits for the promise of lateness when the body is there first.
    late.promise.catch(() => {})
    return await arriving(request, maxBytes, late.promise)
  } finally {
    clearTimeout(timer)
  }
}

function tooSlow(milliseconds: number): Problem {
  return new Problem(
    408,
    'body_too_slow',
    'The body came too slowly',
    `A body has ${milliseconds / 1000} s to arrive. Nothing was done; send the request again.`,
  )
}

async function arriving(request: Request, maxBytes: number, late: Promise<never>): Promise<Uint8Array> {
  const tooLarge = () =>
    new Problem(413, 'body_too_large', 'The body is too large', `This address takes at most ${maxBytes} bytes.`)
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) throw tooLarge()
  const chunks: Uint8Array[] = []
  let size = 0
  const reader = request.body?.getReader()
  while (reader) {
    const { done, value } = await Promise.race([reader.read(), late])
    if (done) break
    size += value.byteLength
    if (size > maxBytes) {
      await reader.cancel()
      throw tooLarge()
    }
    chunks.push(value)
  }
  return Buffer.concat(chunks)
}

/**
 * Reads a JSON object of at most 16 kB, unless told, that says it is one, and refuses anything else. The forms that another site can
 * send for a visitor without asking first (text, form fields, no type at all) are never read as JSON.
 */
export async function readJson(request: Request, maxBytes = 16_384): Promise<Record<string, unknown>> {
  if (!/^application\/json *(;|$)/i.test(request.headers.get('content-type') ?? '')) {
    throw new Problem(
      415,
      'unsupported_media_type',
      'The body is not declared as JSON',
      'Send the header Content-Type: application/json.',
      { field: 'Content-Type' },
    )
  }
  const bytes = await readBody(request, maxBytes)
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw new Problem(400, 'invalid_json', 'The body is not JSON', 'Send a JSON object, encoded as UTF-8.')
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Problem(
      400,
      'invalid_json',
      'The body is not a JSON object',
      'Send a JSON object, such as {"asset":"MUSD"}.',
    )
  }
  return value as Record<string, unknown>
}
