import { createHash } from 'node:crypto'
import { jsonResponse } from '#lib/http/route.ts'

/**
 * A JSON answer with the tag of its body: whoever watches asks often and keeps the tag, an unchanged thing then costs no body.
 * No cache keeps one.
 */
export function taggedResponse(request: Request, body: unknown): Response {
  const etag = `"${createHash('sha256').update(JSON.stringify(body)).digest('base64url').slice(0, 27)}"`
  const headers = { etag, 'cache-control': 'no-store', vary: 'authorization, cookie' }
  if (request.headers.get('if-none-match') === etag) return new Response(null, { status: 304, headers })
  return jsonResponse(body, 200, headers)
}
