import { after } from 'next/server'
import { requireAgent } from '#lib/auth/require-actor.ts'
import { route } from '#lib/http/route.ts'
import { drainWithoutWorker } from '#lib/jobs/drain.ts'
import { serveMcp } from '#lib/mcp/serve.ts'

const serve = route(async (request) => {
  const { actor, scopes } = await requireAgent(request)
  after(drainWithoutWorker)
  return await serveMcp(request, actor, scopes)
})

// GET and DELETE belong to sessions, of which there are none; they are answered so by the protocol's own server.
export { serve as DELETE, serve as GET, serve as POST }
