import { bodyValue, type SampleRequest } from '#components/reference/samples/request.ts'

/** The request as a call of requests, the library that Python is used with. */
export function pythonSample({ method, url, query, headers, body, answers }: SampleRequest): string {
  const value = body === null ? undefined : bodyValue(body)
  const given = [
    ...(query.length > 0 ? [`params=${literal(Object.fromEntries(query), '    ')},`] : []),
    // requests declares the body itself where it writes it.
    ...named('headers', value === undefined ? headers : headers.filter(([name]) => name !== 'Content-Type')),
    ...(body === null
      ? []
      : [value === undefined ? `data=${literal(body, '    ')},` : `json=${literal(value, '    ')},`]),
  ]
  const call = `requests.${method.toLowerCase()}(`
  const read = { json: ', response.json()', text: ', response.text', nothing: '' }[answers]
  return [
    'import requests',
    '',
    given.length > 0
      ? `response = ${call}\n    ${literal(url, '')},\n${given.map((line) => `    ${line}\n`).join('')})`
      : `response = ${call}${literal(url, '')})`,
    `print(response.status_code${read})`,
  ].join('\n')
}

function named(name: string, pairs: [string, string][]): string[] {
  return pairs.length > 0 ? [`${name}=${literal(Object.fromEntries(pairs), '    ')},`] : []
}

const words = new Map<unknown, string>([
  [true, 'True'],
  [false, 'False'],
  [null, 'None'],
])

function literal(value: unknown, indent: string): string {
  // A text of JSON is a text of Python, as it writes nothing that Python reads otherwise.
  if (typeof value !== 'object' || value === null) return words.get(value) ?? JSON.stringify(value)
  const inner = `${indent}    `
  const entries = Array.isArray(value)
    ? value.map((item) => literal(item, inner))
    : Object.entries(value).map(([name, item]) => `${JSON.stringify(name)}: ${literal(item, inner)}`)
  const [open, close] = Array.isArray(value) ? '[]' : '{}'
  return entries.length === 0
    ? `${open}${close}`
    : `${open}\n${entries.map((entry) => `${inner}${entry},\n`).join('')}${indent}${close}`
}
