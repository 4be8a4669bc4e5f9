import type { z } from 'zod'
import type { oas31, ZodOpenApiResponseObject } from 'zod-openapi'

/** An answer of JSON: what it is, its schema, and a whole example of it. */
export function answer<Schema extends z.ZodType>(
  description: string,
  schema: Schema,
  example: z.output<Schema>,
  headers?: oas31.HeadersObject,
): ZodOpenApiResponseObject {
  return {
    description,
    ...(headers ? { headers } : {}),
    content: { 'application/json': { schema, example } },
  }
}

/** A header that is a text, with an example. */
export function textHeader(description: string, example: string): oas31.HeaderObject {
  return { description, schema: { type: 'string', example } }
}
