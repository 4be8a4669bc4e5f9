import { execFileSync } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { curlSample } from '#components/reference/samples/curl.ts'
import { pythonSample } from '#components/reference/samples/python.ts'
import type { SampleRequest } from '#components/reference/samples/request.ts'
import { typescriptSample } from '#components/reference/samples/typescript.ts'

// A sample is what people paste: what it sends must be what it says, whatever is typed into it.

type Heard = { method: string; url: string; headers: Record<string, unknown>; body: string }
let heard: Heard[] = []
const server = createServer(async (request, response) => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  const { method = '', url = '', headers } = request
  heard.push({ method, url, headers, body: Buffer.concat(chunks).toString() })
  response.setHeader('content-type', 'application/json').end('{"ok":true}')
})
beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)))
afterAll(() => new Promise((resolve) => server.close(resolve)))
beforeEach(() => {
  heard = []
})

const odd = `it's "a" $HOME \`x\` \\n & é \${y}`
const requests: Record<string, Omit<SampleRequest, 'url'>> = {
  'a plain GET': { method: 'GET', query: [], headers: [], body: null, answers: 'json' },
  'a query': {
    method: 'GET',
    query: [
      ['asset', 'MUSD'],
      ['odd', odd],
    ],
    headers: [],
    body: null,
    answers: 'text',
  },
  'a POST with JSON': {
    method: 'POST',
    query: [],
    headers: [
      ['Content-Type', 'application/json'],
      ['Idempotency-Key', "key-'1'"],
    ],
    body: JSON.stringify({ odd, yes: true, no: null, list: [1, {}], empty: [] }, null, 2),
    answers: 'json',
  },
  'a POST without a body': { method: 'POST', query: [], headers: [], body: null, answers: 'json' },
  'a DELETE': { method: 'DELETE', query: [], headers: [], body: null, answers: 'nothing' },
  'a PUT with JSON': {
    method: 'PUT',
    query: [],
    headers: [['Content-Type', 'application/json']],
    body: '{"handle":"ada"}',
    answers: 'json',
  },
  'a POST with a text that is no JSON': {
    method: 'POST',
    query: [],
    headers: [['Content-Type', 'application/json']],
    body: '{"half": \'',
    answers: 'nothing',
  },
}

const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1/x`

function expectHeard({ method, query, headers, body }: Omit<SampleRequest, 'url'>): void {
  expect(heard).toHaveLength(1)
  const [request] = heard
  expect(request?.method).toBe(method)
  const { pathname, searchParams } = new URL(request?.url ?? '', url())
  expect(pathname).toBe('/api/v1/x')
  expect([...searchParams]).toEqual(query)
  for (const [name, value] of headers) expect(request?.headers[name.toLowerCase()]).toBe(value)
  let sent: unknown = request?.body
  let meant: unknown = body ?? ''
  try {
    ;[sent, meant] = [JSON.parse(String(sent)), JSON.parse(String(meant))]
  } catch {
    // No JSON: compared as they are.
  }
  expect(sent).toEqual(meant)
}

describe.each(Object.entries(requests))('%s', (_name, request) => {
  test('runs as TypeScript', async () => {
    const code = typescriptSample({ ...request, url: url() })
    // As in a module of one's own: the sample itself is what runs.
    const run = new (Object.getPrototypeOf(async () => {}).constructor)('console', code)
    const said: unknown[][] = []
    await run({ log: (...words: unknown[]) => said.push(words) })
    expect(said[0]?.[0]).toBe(200)
    expectHeard(request)
  })

  test('means the same in a shell', () => {
    const code = curlSample({ ...request, url: 'http://x/api/v1/x' })
    const script = `curl() { printf '%s\\0' "$@"; }\n${code}`
    const args = execFileSync('sh', ['-c', script], { encoding: 'utf8' }).split('\0').slice(0, -1)
    expect(args.filter((argument) => argument === '-G')).toHaveLength(request.query.length > 0 ? 1 : 0)
    const given = (flag: string) => args.filter((_, index) => args[index - 1] === flag)
    expect(given('-H')).toEqual(request.headers.map(([name, value]) => `${name}: ${value}`))
    expect(given('-d')).toEqual([
      ...request.query.map(([name, value]) => `${name}=${encodeURIComponent(value)}`),
      ...(request.body === null ? [] : [request.body]),
    ])
  })
})

test('Python has its own words for true, false and nothing, and names the body', () => {
  const code = pythonSample({
    method: 'POST',
    url: 'http://x/api',
    query: [],
    headers: [
      ['Content-Type', 'application/json'],
      ['Idempotency-Key', 'k'],
    ],
    body: '{"yes":true,"no":false,"none":null,"text":"true"}',
    answers: 'json',
  })
  expect(code).toBe(`import requests

response = requests.post(
    "http://x/api",
    headers={
        "Idempotency-Key": "k",
    },
    json={
        "yes": True,
        "no": False,
        "none": None,
        "text": "true",
    },
)
print(response.status_code, response.json())`)
})
