import { parseEmail } from '#lib/auth/email.ts'
import { signInRefusal } from '#lib/auth/errors.ts'
import { supabaseServer } from '#lib/auth/supabase-server.ts'
import { parseCode } from '#lib/auth/verify-email-code.ts'
import { parseInput } from '#lib/http/parse.ts'
import { requireWithoutEmail } from '#lib/profiles/require-without-email.ts'
import { type AccountEmail, ConfirmEmailInput } from '#lib/profiles/schema.ts'

/** Confirms the address of a guest by the code that came: the same account, no guest's from then on. Throws code_refused otherwise. */
export async function confirmEmail(request: ConfirmEmailInput): Promise<AccountEmail> {
  const input = parseInput(ConfirmEmailInput, request)
  const [email, token] = [parseEmail(input.email), parseCode(input.code)]
  const supabase = await supabaseServer()
  await requireWithoutEmail(supabase)
  const { error } = await supabase.auth.verifyOtp({ email, token, type: 'email_change' })
  if (error) throw signInRefusal(error)
  return { email }
}
