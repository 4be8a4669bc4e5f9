'use server'

import type { SignInResult } from '#components/auth/types.ts'
import { sendEmailCode } from '#lib/auth/send-email-code.ts'
import { signInWithPassword } from '#lib/auth/sign-in-with-password.ts'
import { signInWithWallet } from '#lib/auth/sign-in-with-wallet.ts'
import { verifyEmailCode } from '#lib/auth/verify-email-code.ts'
import { Problem } from '#lib/http/problem.ts'

/** An action is called by whoever likes, with whatever they like: what is no text counts as empty, and is refused as such. */
function text(input: unknown, name: string): string {
  const value: unknown = typeof input === 'object' && input !== null ? Reflect.get(input, name) : undefined
  return typeof value === 'string' && value.length <= 4000 ? value : ''
}

async function outcome(work: Promise<unknown>): Promise<SignInResult> {
  try {
    await work
    return { ok: true }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return { ok: false, title: error.title, detail: error.detail, field: error.field ?? null }
  }
}

/** Sends a sign-in code by email. */
export async function sendCode(input: unknown): Promise<SignInResult> {
  return outcome(sendEmailCode({ email: text(input, 'email') }))
}

/** Signs in by the code from the email. */
export async function verifyCode(input: unknown): Promise<SignInResult> {
  return outcome(verifyEmailCode({ email: text(input, 'email'), code: text(input, 'code') }))
}

/** Signs in by email and password. */
export async function password(input: unknown): Promise<SignInResult> {
  return outcome(signInWithPassword({ email: text(input, 'email'), password: text(input, 'password') }))
}

/** Signs in by a message that a wallet signed. */
export async function wallet(input: unknown): Promise<SignInResult> {
  return outcome(signInWithWallet({ message: text(input, 'message'), signature: text(input, 'signature') }))
}
