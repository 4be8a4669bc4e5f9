import type { z } from 'zod'
import { Problem } from '#lib/http/problem.ts'

/**
 * Parses a caller's input. The first thing that is wrong becomes a 422 that names its field. A schema may give its own
 * stable code through `params: { code }` of a custom issue; everything else is `invalid_field`.
 */
export function parseInput<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const result = schema.safeParse(input)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  if (!issue) throw new Problem(422, 'invalid_field', 'The request is not valid', 'The request is not valid.')
  if (issue.code === 'unrecognized_keys') {
    const field = issue.keys[0] ?? ''
    throw new Problem(422, 'unknown_field', 'A field is not known', `There is no field '${field}' here.`, { field })
  }
  const field = issue.path.join('.')
  const code = issue.code === 'custom' && typeof issue.params?.code === 'string' ? issue.params.code : 'invalid_field'
  // A schema's message is either a sentence, or the end of one that begins with the field's name.
  const detail = /^[a-z]/.test(issue.message) ? `'${field}' ${issue.message}.` : issue.message
  throw new Problem(422, code, `The field '${field}' is not valid`, detail, { field })
}
