import { isAuthRetryableFetchError } from '@supabase/supabase-js'
import { z } from 'zod'
import { signInRefusal } from '#lib/auth/errors.ts'
import { supabaseServer } from '#lib/auth/supabase-server.ts'
import { env } from '#lib/env.ts'
import { Problem } from '#lib/http/problem.ts'

const Signature = z.string().regex(/^0x[0-9a-f]+$/i)

function refused(detail: string, cause?: unknown): Problem {
  return new Problem(401, 'wallet_refused', 'Not signed in', detail, { cause })
}

/**
 * Signs in by a message that a wallet signed and keeps the session in the cookie. Supabase Auth decides: it checks the
 * signature, the domain and the age of the message. Throws a Problem otherwise.
 */
export async function signInWithWallet(input: { message: string; signature: string }): Promise<void> {
  const host = new URL(env().APP_URL).host
  // A message made out to another site may have been signed there, for something else.
  if (!input.message.startsWith(`${host} wants you to sign in`)) {
    throw refused(`This message was not made for ${host}. Open ${env().APP_URL}/sign-in and sign in there.`)
  }
  // A contract account signs in a form of its own, which Supabase Auth does not verify: 65 bytes are a key's signature.
  const signature = Signature.safeParse(input.signature)
  if (!signature.success || signature.data.length !== 132) {
    throw refused(
      'This wallet signs as a contract, which cannot be used to sign in. Use another wallet, or an email code.',
    )
  }
  const supabase = await supabaseServer()
  const { error } = await supabase.auth.signInWithWeb3({
    chain: 'ethereum',
    message: input.message,
    signature: signature.data as `0x${string}`,
  })
  if (!error) return
  const answered = !isAuthRetryableFetchError(error) && error.status === 400
  if (answered)
    throw refused('The signature was not accepted. It is valid for ten minutes and for one wallet; sign again.', error)
  throw signInRefusal(error)
}
