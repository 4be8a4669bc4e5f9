import { parseEmail } from '#lib/auth/email.ts'
import { signInRefusal } from '#lib/auth/errors.ts'
import { supabaseServer } from '#lib/auth/supabase-server.ts'

/** Where new accounts are switched off, Supabase refuses unknown addresses in these words. Passing them on would list the members. */
const silentRefusals = new Set(['otp_disabled', 'signup_disabled', 'user_not_found', 'user_banned'])

/**
 * Sends a sign-in code to the address, and makes the account if there is none. Answers alike for known and unknown
 * addresses. Throws a Problem when the address is malformed, mail cannot be sent, or too many codes were asked for.
 */
export async function sendEmailCode(input: { email: string }): Promise<{ email: string }> {
  const email = parseEmail(input.email)
  const supabase = await supabaseServer()
  const { error } = await supabase.auth.signInWithOtp({ email, options: { shouldCreateUser: true } })
  if (error && !silentRefusals.has(error.code ?? '')) throw signInRefusal(error)
  return { email }
}
