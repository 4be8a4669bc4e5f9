import { z } from 'zod'

/** Stripe answered with success, in a shape this code does not know. What Stripe did is therefore unclear. */
export class UnexpectedStripeAnswer extends Error {
  override name = 'UnexpectedStripeAnswer'
}

/** A decimal amount as Stripe writes it: digits, at most one point, no sign and no exponent. */
export const decimalAmount = z.string().regex(/^\d+(\.\d+)?$/, 'is not a decimal amount')

/** Parses what Stripe answered, or throws `UnexpectedStripeAnswer` naming the fields (never their values). */
export function parseAnswer<Schema extends z.ZodType>(schema: Schema, answer: unknown, what: string): z.output<Schema> {
  const result = schema.safeParse(answer)
  if (result.success) return result.data
  const problems = result.error.issues.map((issue) => `${issue.path.join('.') || 'the body'} (${issue.code})`)
  throw new UnexpectedStripeAnswer(`Stripe's ${what} is not of the known form: ${problems.join(', ')}`)
}
