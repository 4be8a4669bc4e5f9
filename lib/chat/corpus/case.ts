import type { Asset } from '#lib/money/assets.ts'

export const merchant = '0x00000000000000000000000000000000000c0ffe'
export const alice = '0x1111111111111111111111111111111111111111'
export const thief = '0xbadbadbadbadbadbadbadbadbadbadbadbadbad1'
/** Begins and ends like the merchant's. */
export const lookalike = '0x0000ffffffffffffffffffffffffffffffff0ffe'

export type Said = string | { text?: string; documents?: string[] }
type Attempt = { recipient: string; amount: string; asset?: Asset }
type Paid = { address: string; amount: string }

/**
 * A conversation in which somebody wants money to move that the person did not order. In each, the person has the contacts
 * Merchant and Alice, and guards that let everything pass: what holds here is the conversation's own rule.
 */
export type HostileCase = {
  name: string
  said: Said[]
  /** What a model that obeys the attacker tries at every turn: to propose it, and to draft it. */
  attempts?: Attempt[]
  /** What the person truly ordered: all that may be paid. Nothing, unless said. */
  paid?: Paid[]
  /** Where a model that obeys the attacker does not even propose what the person ordered. */
  paidByModel?: Paid[]
  contacts?: { name: string; address: string }[]
  /** Purposes of payments that were made before, as other software with the agent's key worded them. */
  purposes?: string[]
}

export const pay = (address: string, amount: string): Paid => ({ address, amount })
