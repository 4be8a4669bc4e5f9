import { expect } from '@playwright/test'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import type { World } from '#e2e/support/world.ts'

type Content = Record<string, { schema?: object; examples?: Record<string, unknown> }>
type Responses = Record<string, { headers?: Record<string, unknown>; content?: Content }>
type Document = {
  servers: { url: string }[]
  paths: Record<string, Record<string, { operationId: string; responses: Responses }>>
}

/** Holds real answers to what the app's own OpenAPI document promises of an operation. */
export async function documented(world: World): Promise<(operationId: string, response: Response) => Promise<unknown>> {
  const document = (await (await fetch(`${world.app}/api/openapi.json`)).json()) as Document
  expect(document.servers).toEqual([{ url: world.app }])
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  addFormats.default(ajv)
  ajv.addSchema({ $id: 'openapi', ...document })
  const operations = Object.values(document.paths).flatMap((item) => Object.values(item))

  /** Expects the answer's status, type, headers, body and code to be documented, and gives the body. */
  return async (operationId, response) => {
    const text = await response.text()
    const what = `${operationId} ${response.status}`
    const promised = operations.find((operation) => operation.operationId === operationId)?.responses[response.status]
    if (!promised) throw new Error(`${what} is not documented: ${text}`)
    for (const header of Object.keys(promised.headers ?? {})) {
      if (header !== 'Idempotent-Replayed') expect(response.headers.has(header), `${what}: ${header}`).toBe(true)
    }
    if (!promised.content) {
      expect(text, what).toBe('')
      return undefined
    }
    const type = response.headers.get('content-type')?.split(';')[0] ?? ''
    const content = promised.content[type]
    if (!content) throw new Error(`${what} has the type ${type}, which is not documented.`)
    if (!type.endsWith('json')) return text
    const body: unknown = JSON.parse(text)
    const validate = ajv.compile(JSON.parse(JSON.stringify(content.schema).replaceAll('"#/', '"openapi#/')))
    expect(validate(body), `${what}: ${ajv.errorsText(validate.errors)}\n${text}`).toBe(true)
    if (type === 'application/problem+json') {
      expect(Object.keys(content.examples ?? {}), what).toContain((body as { code: string }).code)
    }
    return body
  }
}
