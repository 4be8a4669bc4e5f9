import { parseEmail } from '#lib/auth/email.ts'
import { signInRefusal } from '#lib/auth/errors.ts'
import { supabaseServer } from '#lib/auth/supabase-server.ts'
import { Problem } from '#lib/http/problem.ts'

/** Signs in by email and password and keeps the session in the cookie. Throws a Problem otherwise. */
export async function signInWithPassword(input: { email: string; password: string }): Promise<void> {
  const email = parseEmail(input.email)
  if (input.password === '') {
    throw new Problem(400, 'password_missing', 'Password missing', 'Type your password.', { field: 'password' })
  }
  const supabase = await supabaseServer()
  const { error } = await supabase.auth.signInWithPassword({ email, password: input.password })
  if (error) throw signInRefusal(error)
}
