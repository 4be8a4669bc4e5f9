'use server'

import { after } from 'next/server'
import type { PersonActor } from '#lib/auth/actor.ts'
import { requestActor } from '#lib/auth/request-actor.ts'
import { requirePerson } from '#lib/auth/require-person.ts'
import { Problem } from '#lib/http/problem.ts'
import { drainWithoutWorker } from '#lib/jobs/drain.ts'
import { requestTestFunds } from '#lib/wallets/request-test-funds.ts'
import { rereadWallet } from '#lib/wallets/reread.ts'

type Outcome = { ok: true } | { ok: false; detail: string }

/** Asks for test money into a wallet of the signed-in person's agents. */
export async function getTestFunds(walletId: unknown): Promise<Outcome> {
  return await attempt((person) => requestTestFunds(person, text(walletId)))
}

/** Has the balance of a wallet of the signed-in person's agents read on chain. */
export async function readBalance(walletId: unknown): Promise<Outcome> {
  return await attempt((person) => rereadWallet(person, text(walletId)))
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** Runs a verb as the signed-in person; a refusal comes back as its sentence. */
async function attempt(verb: (person: PersonActor) => Promise<void>): Promise<Outcome> {
  try {
    await verb(requirePerson(await requestActor()))
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return { ok: false, detail: error.detail }
  }
  after(drainWithoutWorker)
  return { ok: true }
}
