import { signInRefusal } from '#lib/auth/errors.ts'
import type { SupabaseServer } from '#lib/auth/supabase-server.ts'
import { Problem } from '#lib/http/problem.ts'

/** Throws sign_in_required without a session in the cookie, and wrong_state for an account that has an email. */
export async function requireWithoutEmail(supabase: SupabaseServer): Promise<void> {
  const { data, error } = await supabase.auth.getUser()
  if (error?.name === 'AuthSessionMissingError') {
    throw new Problem(
      401,
      'sign_in_required',
      'Sign in first',
      'An email is added in the browser that holds the account’s session.',
    )
  }
  if (error) throw signInRefusal(error)
  if (data.user.email) {
    throw new Problem(
      409,
      'wrong_state',
      'Not possible now',
      'This account has an email already. Sign in by it anywhere.',
    )
  }
}
