import { parseEmail } from '#lib/auth/email.ts'
import { signInRefusal } from '#lib/auth/errors.ts'
import { supabaseServer } from '#lib/auth/supabase-server.ts'
import { Problem } from '#lib/http/problem.ts'

/** The digits of a code as typed or pasted: spaces and hyphens are dropped. Supabase sends 6 to 10. */
export function parseCode(text: string): string {
  const digits = text.replace(/[\s-]/g, '')
  if (/^\d{6,10}$/.test(digits)) return digits
  throw new Problem(400, 'invalid_code', 'Not a code', 'The code is the 6 digits in the email.', { field: 'code' })
}

/** Signs in by the code that was sent to the address and keeps the session in the cookie. Throws a Problem otherwise. */
export async function verifyEmailCode(input: { email: string; code: string }): Promise<void> {
  const email = parseEmail(input.email)
  const token = parseCode(input.code)
  const supabase = await supabaseServer()
  const { error } = await supabase.auth.verifyOtp({ email, token, type: 'email' })
  if (error) throw signInRefusal(error)
}
