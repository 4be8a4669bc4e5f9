import type { PersonActor } from '#lib/auth/actor.ts'
import { signInRefusal } from '#lib/auth/errors.ts'
import { supabaseServer } from '#lib/auth/supabase-server.ts'

/** Makes an account without an email, a password or a wallet, and keeps its session in the cookie. Throws a Problem where that is off. */
export async function signInAsGuest(): Promise<PersonActor> {
  const supabase = await supabaseServer()
  const { data, error } = await supabase.auth.signInAnonymously()
  if (error) throw signInRefusal(error)
  if (!data.user) throw new Error('Supabase Auth made a guest and did not say whom.')
  return { role: 'authenticated', userId: data.user.id, isAnonymous: true }
}
