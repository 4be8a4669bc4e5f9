import { z } from 'zod'
import { Problem } from '#lib/http/problem.ts'

const Email = z.email().max(254)

/** An address as typed or pasted, trimmed and in lower case. Throws a Problem that names the field when it is no address. */
export function parseEmail(text: string): string {
  const result = Email.safeParse(text.trim().toLowerCase())
  if (result.success) return result.data
  const detail = 'This is not an email address. It looks like name@example.com.'
  throw new Problem(400, 'invalid_email', 'Not an email address', detail, { field: 'email' })
}
