import { z } from 'zod'

/** Circle answered with success, in a shape this code does not know. What Circle did is therefore unclear. */
export class UnexpectedCircleAnswer extends Error {
  override name = 'UnexpectedCircleAnswer'
}

/** A decimal amount as Circle writes it: digits, at most one point, no sign and no exponent. */
export const decimalAmount = z.string().regex(/^\d+(\.\d+)?$/, 'is not a decimal amount')

/** Reads what Circle answered, or throws `UnexpectedCircleAnswer` naming the fields (never their values). */
export function readAnswer<Schema extends z.ZodType>(schema: Schema, answer: unknown, what: string): z.output<Schema> {
  const { data, error } = schema.safeParse(answer)
  if (!error) return data
  const fields = error.issues.map(({ path, code }) => `${path.join('.') || 'the body'} (${code})`)
  throw new UnexpectedCircleAnswer(`Circle's ${what} is not of the known form: ${fields.join(', ')}`)
}
