import { bodyValue, type SampleRequest } from '#components/reference/samples/request.ts'

/** The request as a call of the platform's own fetch: it runs as it is, in Node and in a browser. */
export function typescriptSample({ method, url, query, headers, body, answers }: SampleRequest): string {
  const init = [
    ...(method === 'GET' ? [] : [`method: ${text(method)},`]),
    ...(headers.length > 0 ? [`headers: ${literal(Object.fromEntries(headers), '  ')},`] : []),
    ...(body === null ? [] : [`body: ${bodyOf(body)},`]),
  ]
  const lines = init.map((line) => `  ${line}\n`).join('')
  const address = query.length > 0 ? `\`${url.replaceAll(/[`\\$]/g, '\\$&')}?\${query}\`` : text(url)
  return [
    ...(query.length > 0 ? [`const query = new URLSearchParams(${literal(Object.fromEntries(query), '')})`] : []),
    `const response = await fetch(${address}${lines ? `, {\n${lines}}` : ''})`,
    `console.log(response.status${answers === 'nothing' ? '' : `, await response.${answers}()`})`,
  ].join('\n')
}

function bodyOf(body: string): string {
  const value = bodyValue(body)
  return value === undefined ? text(body) : `JSON.stringify(${literal(value, '  ')})`
}

function literal(value: unknown, indent: string): string {
  if (typeof value === 'string') return text(value)
  if (typeof value !== 'object' || value === null) return String(value)
  const inner = `${indent}  `
  const entries = Array.isArray(value)
    ? value.map((item) => literal(item, inner))
    : Object.entries(value).map(
        ([name, item]) => `${/^[a-z_$][\w$]*$/i.test(name) ? name : text(name)}: ${literal(item, inner)}`,
      )
  const [open, close] = Array.isArray(value) ? '[]' : '{}'
  return entries.length === 0
    ? `${open}${close}`
    : `${open}\n${entries.map((entry) => `${inner}${entry},\n`).join('')}${indent}${close}`
}

function text(value: string): string {
  return `'${JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`
}
