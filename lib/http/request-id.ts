/** As proxies, platforms and tracing tools make them. Anything else may be anything, and is not taken over. */
const wellFormed = /^[A-Za-z0-9._:-]{8,128}$/

/** The id of a request: what a proxy before us gave it, or the caller, else one of ours. The answer and each log line have it. */
export function requestIdOf(request: Request): string {
  const given = [request.headers.get('x-request-id'), request.headers.get('x-vercel-id')]
  return given.find((id) => id !== null && wellFormed.test(id)) ?? crypto.randomUUID()
}
