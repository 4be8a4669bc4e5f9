import type { SampleRequest } from '#components/reference/samples/request.ts'
import type { Values } from '#components/reference/values.tsx'
import type { Operation } from '#lib/openapi/reference.ts'

/** What a console may be given: by the name of a parameter, or as the bearer or the body. */
export type Inputs = Record<string, string>

/** One line of a console's form. */
export type InputLine = { name: string; label: string; hint: string; required: boolean; value: string }

/** Whether the operation takes a bearer, which is then a line of its form. */
function takesBearer({ security }: Operation): boolean {
  return ['sessionSecret', 'apiKey', 'accessToken'].some((scheme) => security.includes(scheme))
}

/** The lines of the form: what was typed, else what an earlier answer told, else the documented example. */
export function inputLines(operation: Operation, typed: Inputs, values: Values, freshKey: string): InputLine[] {
  const known = knownBy(operation, values, freshKey)
  const lines = operation.parameters.map(({ name, in: place, required, example }) => ({
    name,
    label: name,
    hint: place,
    required,
    value: typed[name] ?? known[name] ?? example,
  }))
  if (!takesBearer(operation)) return lines
  const guest = operation.security.includes('sessionSecret')
  const bearer = {
    name: 'bearer',
    label: 'Bearer',
    hint: guest
      ? 'secret or access token'
      : `${operation.security.includes('apiKey') ? 'API key or access token' : 'access token'}; empty: the session of this browser`,
    required: false,
    value: typed.bearer ?? (guest ? values.secret : ''),
  }
  return [...lines, bearer]
}

/** Whether the purchase that the reader made above is what the operation is about. */
function isOfPurchases({ path }: Operation): boolean {
  return /\/(onramp|receipts)\//.test(path)
}

function knownBy(operation: Operation, values: Values, freshKey: string): Inputs {
  if (!isOfPurchases(operation)) return freshKey ? { 'Idempotency-Key': freshKey } : {}
  const id = operation.path.includes('/receipts/') ? values.receiptId : values.sessionId
  return { id, asset: values.asset, network: values.network, ...(freshKey ? { 'Idempotency-Key': freshKey } : {}) }
}

/** The body: what was typed, else the documented example with what is sold and known here. */
export function bodyText(operation: Operation, typed: Inputs, values: Values): string | null {
  const { body, security } = operation
  if (!body) return null
  if (typed.body !== undefined) return typed.body
  if (!isOfPurchases(operation)) return body.example
  const example: Record<string, unknown> = JSON.parse(body.example)
  const here: Partial<Record<string, string>> = {
    asset: values.asset,
    network: values.network,
    ...(security.includes('accessToken') && values.secret ? { secret: values.secret } : {}),
  }
  return JSON.stringify(
    Object.fromEntries(Object.entries(example).map(([name, value]) => [name, here[name] ?? value])),
    null,
    2,
  )
}

const methods = { get: 'GET', post: 'POST', put: 'PUT', patch: 'PATCH', delete: 'DELETE' } as const

/** The request that the form makes. What is empty is left out; in a path its name stands for it. */
export function requestOf(
  operation: Operation,
  lines: InputLine[],
  body: string | null,
  origin: string,
): SampleRequest {
  const filled = new Map(lines.filter(({ value }) => value !== '').map(({ name, value }) => [name, value]))
  const given = (place: 'query' | 'header') =>
    operation.parameters.flatMap(({ name, in: where }): [string, string][] => {
      const value = filled.get(name)
      return where === place && value !== undefined ? [[name, value]] : []
    })
  const path = operation.path.replace(/\{(\w+)\}/g, (placeholder, name) => {
    const value = filled.get(name)
    return value === undefined ? placeholder : encodeURIComponent(value)
  })
  const bearer = filled.get('bearer')
  return {
    method: methods[operation.method],
    url: `${origin}${path}`,
    query: given('query'),
    headers: [
      ...(body === null ? [] : ([['Content-Type', 'application/json']] satisfies [string, string][])),
      ...(bearer === undefined ? [] : ([['Authorization', `Bearer ${bearer}`]] satisfies [string, string][])),
      ...given('header'),
    ],
    body,
    answers: filled.get('format') === 'csv' ? 'text' : operation.answer.status === '204' ? 'nothing' : 'json',
  }
}

/** What is missing before the request can be sent, as a sentence; undefined when nothing is. */
export function missing(operation: Operation, lines: InputLine[]): string | undefined {
  const empty = lines.find(({ required, value }) => required && value === '')
  if (!empty) return undefined
  return empty.name === 'id' && isOfPurchases(operation)
    ? 'It needs an id: begin a purchase under Buying, and follow it until it is delivered for a receipt. Its id is then filled in here.'
    : `It needs ${empty.label}.`
}
