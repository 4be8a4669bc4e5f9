import { limitWrongSecrets } from '#lib/http/rate-limit/limit-wrong-secrets.ts'
import { route } from '#lib/http/route.ts'
import { taggedResponse } from '#lib/http/tagged.ts'
import { getLink } from '#lib/links/get.ts'

/** Anybody who has the id may look: it is what was shared. Whoever guesses ids soon has to wait. */
export const GET = route(async (request, { params }: RouteContext<'/api/v1/links/[id]'>) => {
  const { id } = await params
  return taggedResponse(request, await limitWrongSecrets(request, getLink({ role: 'anon' }, id)))
})
