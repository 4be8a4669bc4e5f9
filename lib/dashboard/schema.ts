import type { Intent, IntentStatus } from '#lib/intents/schema.ts'
import type { StandingApproval } from '#lib/intents/standing-approval.ts'
import type { Asset, Network } from '#lib/money/assets.ts'

export type DashboardAgent = { id: string; name: string; frozen: boolean }

/** What one wallet holds of one asset, by the ledger. */
export type DashboardBalance = {
  walletId: string
  agentId: string | null
  network: Network
  asset: Asset
  balance: string
  held: string
  available: string
}

/** A budget guard that holds now, in dollars. No agent: it holds for all wallets of the person. */
export type DashboardBudget = {
  agentId: string | null
  period: 'hour' | 'day' | 'week' | 'month' | 'total'
  window: 'fixed' | 'rolling'
  limit: string
  used: string
  reserved: string
  remaining: string
}

/** What was spent and promised on a UTC day, in dollars. */
export type DashboardDay = { day: string; used: string; reserved: string; payments: number }

export type Dashboard = {
  agents: DashboardAgent[]
  balances: DashboardBalance[]
  budgets: DashboardBudget[]
  /** Thirty days, today last. */
  days: DashboardDay[]
  /** How many of the last hundred payments that ended did so in each way. */
  outcomes: Partial<Record<IntentStatus, number>>
  standingApprovals: StandingApproval[]
  /** How many payments change by themselves now. */
  moving: number
  /** How many wait for the person. */
  waitingCount: number
  /** The ten of them that end first; after them, what nobody is certain about yet. */
  waiting: Intent[]
  recent: Intent[]
}
