import { lookAtEverything } from '#lib/health/look.ts'
import type { Part, Status } from '#lib/health/part.ts'
import { DeepHealth } from '#lib/health/schema.ts'

/** However often it is asked for, the providers are asked once in this time by each instance. */
const keptMs = 10_000

let kept: { until: number; report: Promise<DeepHealth> } | undefined

/** How every part is, measured now or at most ten seconds ago. Whoever asks meanwhile waits for the same look. Never throws. */
export async function deepHealth(): Promise<DeepHealth> {
  if (kept && Date.now() < kept.until) return await kept.report
  const report = lookAtEverything().then(reportOf)
  const mine = { until: Number.POSITIVE_INFINITY, report }
  kept = mine
  try {
    return await report
  } finally {
    mine.until = Date.now() + keptMs
  }
}

/** What outsiders may know of it: states and numbers. No sentence, no address, nothing of what is promised to whom. */
export function reportOf(parts: readonly Part[]): DeepHealth {
  const part = (name: string) => {
    const found = parts.find((each) => each.name === name)
    return found && { ...found.detail, status: found.status }
  }
  const chains = parts.filter(({ name }) => name.startsWith('chain:'))
  const treasury = part('treasury')
  return DeepHealth.parse({
    status: statusOf(parts, chains),
    at: new Date().toISOString(),
    checks: {
      database: part('database'),
      queue: { waiting: null, failed: null, lagSeconds: null, ...part('queue') },
      chain: Object.fromEntries(
        chains.map(({ name, status, detail }) => [
          name.slice('chain:'.length),
          { head: null, ageSeconds: null, ...detail, status },
        ]),
      ),
      rates: { pairs: null, fresh: null, held: null, ageSeconds: null, ...part('rates') },
      stream: part('stream') ?? null,
      treasury: treasury ? { network: null, native: null, nativeLow: null, assets: [], ...treasury } : null,
      providers: { stripe: part('stripe'), supabase: part('supabase'), circle: part('circle') ?? null },
    },
  })
}

/**
 * Down when nobody can buy or nothing moves: no database, nobody at the queue, no Stripe, not one fresh price, not one chain. The rest is degraded:
 * without Supabase guests still buy, without Circle agents wait, and what a short treasury owes waits for its top-up.
 */
function statusOf(parts: readonly Part[], chains: readonly Part[]): Status {
  const essential = parts
    .filter(({ name }) => ['database', 'queue', 'stripe', 'rates'].includes(name))
    .map(({ status }) => status)
  const noChain = chains.length > 0 && chains.every(({ status }) => status === 'down')
  if (noChain || essential.includes('down')) return 'down'
  return parts.every(({ status }) => status === 'ok') ? 'ok' : 'degraded'
}
