import { readJson } from '#lib/http/body.ts'

/** A request's JSON, typed as what it claims to be: the verb that gets it parses it before anything else. */
export async function claimedBody<Input>(request: Request, maxBytes?: number): Promise<Input> {
  return (await readJson(request, maxBytes)) as Input
}

/** A request's query, typed as what it claims to be: the verb that gets it parses it before anything else. */
export function claimedQuery<Input>(request: Request): Input {
  return Object.fromEntries(new URL(request.url).searchParams) as Input
}
