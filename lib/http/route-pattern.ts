type Parameters = Record<string, string | string[] | undefined>

/**
 * The route that a request came to, such as /api/v1/onramp/sessions/[id]: the path with the parts that are parameters named
 * in place of their values.
 */
export async function routePattern(request: Request, context: unknown): Promise<string> {
  const { pathname } = new URL(request.url)
  const parameters = Object.entries(await parametersOf(context))
  return pathname
    .split('/')
    .map((part) => {
      const found = parameters.find(([, value]) => typeof value === 'string' && sameText(part, value))
      return found ? `[${found[0]}]` : part
    })
    .join('/')
}

async function parametersOf(context: unknown): Promise<Parameters> {
  if (typeof context !== 'object' || context === null || !('params' in context)) return {}
  // Cast: Next's own form of a route's context.
  return ((await context.params) ?? {}) as Parameters
}

/** Next hands a parameter over as it stands in the path, or decoded. */
function sameText(part: string, value: string): boolean {
  return part === value || part === encodeURIComponent(value)
}
