'use server'

import { requestActor } from '#lib/auth/request-actor.ts'
import { Problem } from '#lib/http/problem.ts'
import { requestTestFunds } from '#lib/wallets/request-test-funds.ts'

/** Asks for test money into a wallet of the signed-in person's agents. A refusal comes back as its sentence. */
export async function getTestFunds(walletId: unknown): Promise<{ ok: true } | { ok: false; detail: string }> {
  try {
    await requestTestFunds(await requestActor(), typeof walletId === 'string' ? walletId : '')
    return { ok: true }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return { ok: false, detail: error.detail }
  }
}
