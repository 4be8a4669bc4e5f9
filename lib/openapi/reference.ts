import type { oas31 } from 'zod-openapi'
import { type Field, fieldOf, fieldsOf } from '#lib/openapi/fields.ts'

export type Parameter = Field & { in: 'path' | 'query' | 'header'; example: string }

/** One documented answer: a status with an example, or one code of a refusal's. */
export type Example = { label: string; status: number; type: string; text: string }

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const

export type Operation = {
  id: string
  /** What a link to it ends with. */
  anchor: string
  method: (typeof methods)[number]
  path: string
  summary: string
  description: string
  /** The schemes by which it may be called, besides by nobody. */
  security: string[]
  openToAll: boolean
  parameters: Parameter[]
  body: { fields: Field[]; example: string } | null
  /** What it answers when it goes well. */
  answer: { status: string; description: string; fields: Field[]; headers: Field[] }
  refusals: { status: string; codes: string[] }[]
  examples: Example[]
}

/** The operations of one tag. `slug` ends the path of their page. */
export type Group = { name: string; slug: string; description: string; operations: Operation[] }
export type Scheme = { name: string; description: string }
export type Reference = { description: string; groups: Group[]; schemes: Scheme[] }

/** What a reader of the API sees, made from its OpenAPI document alone. */
export function apiReference(document: oas31.OpenAPIObject): Reference {
  const operations = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item[method]
      return operation ? [{ tag: operation.tags?.[0], shown: operationOf(path, method, operation, document) }] : []
    }),
  )
  return {
    description: document.info.description ?? '',
    groups: (document.tags ?? []).map(({ name, description = '' }) => ({
      name,
      slug: name.toLowerCase().replaceAll(' ', '-'),
      description,
      operations: operations.filter(({ tag }) => tag === name).map(({ shown }) => shown),
    })),
    schemes: Object.entries(document.components?.securitySchemes ?? {}).map(([name, scheme]) => ({
      name,
      description: scheme.description ?? '',
    })),
  }
}

function operationOf(
  path: string,
  method: (typeof methods)[number],
  operation: oas31.OperationObject,
  document: oas31.OpenAPIObject,
): Operation {
  const { operationId = '', summary = '', description = '', security = [] } = operation
  const responses: [string, oas31.ResponseObject][] = Object.entries(operation.responses ?? {})
  const [good = ['200', { description: '' }]] = responses
  const refused = responses.filter(([status]) => Number(status) >= 400)
  return {
    id: operationId,
    anchor: operationId.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
    method,
    path,
    summary,
    description,
    security: [...new Set(security.flatMap((requirement) => Object.keys(requirement)))],
    openToAll: security.some((requirement) => Object.keys(requirement).length === 0),
    parameters: (operation.parameters ?? []).map((parameter) => parameterOf(parameter, document)),
    body: bodyOf(operation.requestBody, document),
    answer: answerOf(good, document),
    refusals: refused.map(([status, response]) => ({ status, codes: Object.keys(problemsOf(response)) })),
    examples: responses.flatMap(([status, response]) => examplesOf(Number(status), response)),
  }
}

function parameterOf(
  parameter: oas31.ParameterObject | oas31.ReferenceObject,
  document: oas31.OpenAPIObject,
): Parameter {
  if (!('name' in parameter) || parameter.in === 'cookie') throw new Error('A parameter is not written out.')
  const { name, schema, required = false, description } = parameter
  const field = fieldOf(name, schema, required, document)
  const example = parameter.example ?? (schema && 'example' in schema ? schema.example : undefined)
  return {
    ...field,
    description: description ?? field.description,
    in: parameter.in,
    example: example === undefined ? '' : String(example),
  }
}

function bodyOf(
  body: oas31.RequestBodyObject | oas31.ReferenceObject | undefined,
  document: oas31.OpenAPIObject,
): Operation['body'] {
  const content = body && 'content' in body ? body.content['application/json'] : undefined
  return content ? { fields: fieldsOf(content.schema, document), example: pretty(content.example) } : null
}

function answerOf(
  [status, response]: [string, oas31.ResponseObject],
  document: oas31.OpenAPIObject,
): Operation['answer'] {
  return {
    status,
    description: response.description,
    fields: fieldsOf(response.content?.['application/json']?.schema, document),
    headers: Object.entries(response.headers ?? {}).map(([name, header]) => ({
      ...fieldOf(name, 'schema' in header ? header.schema : undefined, false, document),
      description: header.description ?? '',
    })),
  }
}

function problemsOf(response: oas31.ResponseObject): oas31.ExamplesObject {
  return response.content?.['application/problem+json']?.examples ?? {}
}

function examplesOf(status: number, response: oas31.ResponseObject): Example[] {
  const bodies = Object.entries(response.content ?? {}).flatMap(([type, { example, examples }]) => {
    const named: [string, unknown][] = examples
      ? Object.entries(examples).map(([name, shown]) => [name, 'value' in shown ? shown.value : undefined])
      : [[type === 'text/csv' ? 'csv' : '', example]]
    return named.map(([name, value]) => ({ label: `${status} ${name}`.trim(), status, type, text: pretty(value) }))
  })
  return bodies.length > 0 ? bodies : [{ label: `${status}`, status, type: '', text: '' }]
}

function pretty(value: unknown): string {
  if (value === undefined) return ''
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2)
}
