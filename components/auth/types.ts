/** How an attempt to sign in ended. What was refused says why and at which field. */
export type SignInResult = { ok: true } | { ok: false; title: string; detail: string; field: string | null }

/** The server's actions, handed in by the page. */
export type SignInActions = {
  sendCode: (input: { email: string }) => Promise<SignInResult>
  verifyCode: (input: { email: string; code: string }) => Promise<SignInResult>
  password: (input: { email: string; password: string }) => Promise<SignInResult>
  wallet: (input: { message: string; signature: string }) => Promise<SignInResult>
}
