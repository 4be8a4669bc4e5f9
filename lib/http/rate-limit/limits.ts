/** What is limited, in requests a minute of one client, or about one subject. No person comes near any of them. */
export const limits = {
  /** Purchases begun. */
  sessions: 120,
  /** Prices asked for. */
  quotes: 240,
  /** Rates read, as far as they have to be read: what is kept is given to everybody. */
  rates: 600,
  /** Secrets of sessions and receipts that were wrong. A right one is always answered. */
  wrongSecrets: 60,
  /** Sessions taken into an account. */
  adoptions: 120,
  /** Attempts to sign in, of a client. */
  signIns: 60,
  /** Attempts to sign in to one account, whoever makes them. */
  signInsToAccount: 30,
  /** Reads of agents, wallets and payments, of a person or an API key. */
  reads: 1200,
  /** Payments proposed and simulated, and whatever else is changed, of a person or an API key. */
  writes: 300,
  /** Messages of one person to their agents. */
  messages: 60,
  /** Asking for test money, of one person. */
  testFunds: 6,
  /** Tests of webhooks, of one person. */
  webhookTests: 6,
  /** Reports of browsers. */
  reports: 60,
} as const

export type Limit = keyof typeof limits

export const windowSeconds = 60

/**
 * Where nothing vouches for an address, all callers of a process are one client. Its limits are this many times as large:
 * a flood is still held, and nobody is held up by the others' ordinary use.
 */
export const strangers = 100
