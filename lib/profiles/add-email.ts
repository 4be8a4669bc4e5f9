import { parseEmail } from '#lib/auth/email.ts'
import { signInRefusal } from '#lib/auth/errors.ts'
import { supabaseServer } from '#lib/auth/supabase-server.ts'
import { parseInput } from '#lib/http/parse.ts'
import { requireWithoutEmail } from '#lib/profiles/require-without-email.ts'
import { type AccountEmail, AddEmailInput } from '#lib/profiles/schema.ts'

/**
 * Sends a code to an address by which a guest keeps their account. Answers alike where the address has an account already, so that
 * nobody learns which have. Throws wrong_state for an account that has an email.
 */
export async function addEmail(request: AddEmailInput): Promise<AccountEmail> {
  const email = parseEmail(parseInput(AddEmailInput, request).email)
  const supabase = await supabaseServer()
  await requireWithoutEmail(supabase)
  const { error } = await supabase.auth.updateUser({ email })
  if (error && error.code !== 'email_exists') throw signInRefusal(error)
  return { email }
}
