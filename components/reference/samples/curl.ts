import type { SampleRequest } from '#components/reference/samples/request.ts'

/** The request as a call of curl in a POSIX shell. */
export function curlSample({ method, url, query, headers, body }: SampleRequest): string {
  // What curl sends by itself need not be said.
  const implied = body === null ? 'GET' : 'POST'
  const parts = [
    `curl ${query.length > 0 ? '-G ' : ''}${method === implied ? '' : `-X ${method} `}${quoted(url)}`,
    ...query.map(([name, value]) => `-d ${quoted(`${name}=${encodeURIComponent(value)}`)}`),
    ...headers.map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
    ...(body === null ? [] : [`-d ${quoted(body)}`]),
  ]
  return parts.join(' \\\n  ')
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
