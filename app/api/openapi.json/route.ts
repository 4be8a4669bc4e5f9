import { env } from '#lib/env.ts'
import { jsonResponse } from '#lib/http/route.ts'
import { openApiDocument } from '#lib/openapi/document.ts'

export const dynamic = 'force-dynamic'

export function GET(): Response {
  return jsonResponse(openApiDocument(env().APP_URL), 200, {
    'cache-control': 'public, max-age=300',
    'access-control-allow-origin': '*',
  })
}
