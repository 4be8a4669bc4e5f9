import { Problem } from '#lib/http/problem.ts'

/**
 * Reads a request's body, but never more than `maxBytes`: a longer one is refused while it is still arriving,
 * whatever its Content-Length claims.
 */
export async function readBody(request: Request, maxBytes: number): Promise<Uint8Array> {
  const tooLarge = () =>
    new Problem(413, 'body_too_large', 'The body is too large', `This address takes at most ${maxBytes} bytes.`)
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) throw tooLarge()
  const chunks: Uint8Array[] = []
  let size = 0
  const reader = request.body?.getReader()
  while (reader) {
    const { done, value } = await reader.read()
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

/** Reads a JSON object of at most 16 kB. Refuses anything else with 400. */
export async function readJson(request: Request): Promise<Record<string, unknown>> {
  const bytes = await readBody(request, 16_384)
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
