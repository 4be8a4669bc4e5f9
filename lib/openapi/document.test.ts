import { readFileSync } from 'node:fs'
import { Validator } from '@seriousme/openapi-schema-validator'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { describe, expect, test } from 'vitest'
import { openApiDocument } from '#lib/openapi/document.ts'
import { refusals } from '#lib/openapi/problems.ts'
import { documentedCodes } from '#scripts/checks/error-codes.ts'
import { projectFiles } from '#scripts/checks/files.ts'

const document = openApiDocument('https://causeway.example')
const operations = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
  (['get', 'post', 'put', 'patch', 'delete', 'head'] as const).flatMap((method) => {
    const operation = item[method]
    return operation ? [{ name: `${method.toUpperCase()} ${path}`, operation }] : []
  }),
)

test('it is OpenAPI 3.1, by the specification’s own schema', async () => {
  const { valid, errors } = await new Validator().validate(JSON.parse(JSON.stringify(document)))
  expect(errors ?? []).toEqual([])
  expect(valid).toBe(true)
})

test('no two calls are called the same', () => {
  const names = operations.map(({ operation }) => operation.summary)
  expect(names).toEqual([...new Set(names)])
})

/** Doors of the deployment's own: the scheduler's, and where browsers report to. */
const unlisted = ['app/api/cron/[task]/route.ts', 'app/api/csp-reports/route.ts']

test('every route is in it by every method, and nothing else is', () => {
  const routes = projectFiles('app/api/**/route.ts').filter((file) => !unlisted.includes(file))
  const exported = routes.flatMap((file) => {
    const path = file.slice('app'.length, -'/route.ts'.length).replaceAll(/\[(\w+)\]/g, '{$1}')
    const methods = readFileSync(file, 'utf8').matchAll(
      /^export (?:async )?(?:const|function) (GET|POST|PUT|PATCH|DELETE|HEAD)\b/gm,
    )
    return [...methods].map(([, method]) => `${method} ${path}`)
  })
  expect(exported.length).toBeGreaterThan(9)
  expect(operations.map(({ name }) => name).sort()).toEqual(exported.sort())
})

describe.each(operations)('$name', ({ operation }) => {
  const { parameters = [], responses = {}, requestBody } = operation

  test('says what it is, who may call it and what it is filed under', () => {
    expect(operation.operationId).toMatch(/^[a-z][A-Za-z]+$/)
    expect(operation.summary).toMatch(/^[A-Z].*[^.]$/)
    expect(operation.description).toMatch(/\.$/)
    expect(document.tags?.map(({ name }) => name)).toContain(operation.tags?.[0])
    for (const requirement of operation.security ?? []) {
      for (const scheme of Object.keys(requirement)) {
        expect(document.components?.securitySchemes).toHaveProperty(scheme)
      }
    }
    expect(operation.security?.length).toBeGreaterThan(0)
  })

  test('describes each of its parameters', () => {
    for (const parameter of parameters) expect(parameter.description, JSON.stringify(parameter)).toMatch(/\.$/)
  })

  test('has an example for each body, which is what its schema says', () => {
    const ajv = new Ajv2020({ strict: false })
    addFormats.default(ajv)
    ajv.addSchema({ $id: 'https://causeway.example/openapi.json', ...document })
    const pointer = (schema: unknown) =>
      JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"https://causeway.example/openapi.json#/'))
    const bodies = [requestBody, ...Object.values(responses)].flatMap((body) =>
      Object.entries(body && 'content' in body ? (body.content ?? {}) : {}),
    )
    for (const [type, { schema, example, examples }] of bodies as [string, Record<string, object>][]) {
      const shown = examples ? Object.values(examples).map(({ value }: { value?: unknown }) => value) : [example]
      expect(shown.length, type).toBeGreaterThan(0)
      const validate = ajv.compile(pointer(schema))
      for (const value of shown) {
        expect(value, type).toBeDefined()
        expect(validate(value), JSON.stringify(validate.errors)).toBe(true)
      }
    }
  })

  test('says how long to wait where waiting helps', () => {
    for (const status of ['429', '503']) {
      if (status in responses) expect(responses[status].headers).toHaveProperty('Retry-After')
    }
  })
})

describe('refusals', () => {
  const codes = readFileSync('docs/error-codes.md', 'utf8')

  test.each(Object.entries(refusals))('%s is documented with its status', (code, { status }) => {
    expect(documentedCodes(codes)).toContain(code)
    expect(codes).toContain(`### \`${code}\`\n\n${status}. `)
  })
})
