import type { Instrumentation } from 'next'

/** Next calls this once before the server takes requests. A server whose configuration is wrong does not start. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  const { start } = await import('#lib/start.ts')
  start('causeway-app')
}

/** What a page or an action throws. Routes of the API say it themselves (lib/http/route.ts) and throw nothing. */
export const onRequestError: Instrumentation.onRequestError = async (error, request, { routePath, routeType }) => {
  const { errorFields, log } = await import('#lib/log.ts')
  log.error('page failed', { method: request.method, route: routePath, kind: routeType, ...errorFields(error) })
}
