'use server'

import { headers } from 'next/headers'
import type { SignInResult } from '#components/auth/types.ts'
import { sendEmailCode } from '#lib/auth/send-email-code.ts'
import { signInWithPassword } from '#lib/auth/sign-in-with-password.ts'
import { signInWithWallet } from '#lib/auth/sign-in-with-wallet.ts'
import { verifyEmailCode } from '#lib/auth/verify-email-code.ts'
import { clientIpOf } from '#lib/http/client-ip.ts'
import { Problem } from '#lib/http/problem.ts'
import { limitRate } from '#lib/http/rate-limit/limit-rate.ts'

/** An action is called by whoever likes, with whatever they like: what is no text counts as empty, and is refused as such. */
function text(input: unknown, name: string): string {
  const value: unknown = typeof input === 'object' && input !== null ? Reflect.get(input, name) : undefined
  return typeof value === 'string' && value.length <= 4000 ? value : ''
}

/** Makes the attempt unless there were too many: of this client, or for this account whoever makes them. */
async function outcome(attempt: () => Promise<unknown>, account?: string): Promise<SignInResult> {
  try {
    await limitRate('signIns', clientIpOf(await headers()))
    if (account) await limitRate('signInsToAccount', account.trim().toLowerCase())
    await attempt()
    return { ok: true }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return { ok: false, title: error.title, detail: error.detail, field: error.field ?? null }
  }
}

/** Sends a sign-in code by email. */
export async function sendCode(input: unknown): Promise<SignInResult> {
  const email = text(input, 'email')
  return outcome(() => sendEmailCode({ email }), email)
}

/** Signs in by the code from the email. */
export async function verifyCode(input: unknown): Promise<SignInResult> {
  const [email, code] = [text(input, 'email'), text(input, 'code')]
  return outcome(() => verifyEmailCode({ email, code }), email)
}

/** Signs in by email and password. */
export async function password(input: unknown): Promise<SignInResult> {
  const [email, word] = [text(input, 'email'), text(input, 'password')]
  return outcome(() => signInWithPassword({ email, password: word }), email)
}

/** Signs in by a message that a wallet signed. */
export async function wallet(input: unknown): Promise<SignInResult> {
  const [message, signature] = [text(input, 'message'), text(input, 'signature')]
  return outcome(() => signInWithWallet({ message, signature }))
}
