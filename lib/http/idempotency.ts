import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import { Problem } from '#lib/http/problem.ts'

/** The caller's Idempotency-Key. Required on every POST that makes something. */
export function idempotencyKey(request: Request): string {
  const key = request.headers.get('idempotency-key')
  if (!key) {
    throw new Problem(
      400,
      'idempotency_key_required',
      'An Idempotency-Key is needed',
      'Send the header Idempotency-Key with a value you made and keep, such as a UUID. A repeat with the same key is done once.',
      { field: 'Idempotency-Key' },
    )
  }
  if (key.length > 255 || !/^[\x21-\x7e]+$/.test(key)) {
    throw new Problem(
      400,
      'idempotency_key_invalid',
      'The Idempotency-Key is not valid',
      'It has 1 to 255 visible ASCII characters.',
      { field: 'Idempotency-Key' },
    )
  }
  return key
}

/** The fingerprint of a JSON body: SHA-256 over its canonical form (RFC 8785), so that the order of its fields does not matter. */
export function requestHash(body: unknown): Buffer {
  return createHash('sha256')
    .update(canonicalize(body) ?? '')
    .digest()
}
