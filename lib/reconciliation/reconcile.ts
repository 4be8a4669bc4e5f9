import { as } from '#lib/db/as.ts'
import { scheduleStalledWork } from '#lib/jobs/schedule-stalled-work.ts'
import { errorText, log } from '#lib/log.ts'
import { compareTreasury } from '#lib/reconciliation/compare-treasury.ts'
import { fetchMissedEvents } from '#lib/reconciliation/fetch-missed-events.ts'
import { repairNonces } from '#lib/transfers/repair-nonces.ts'

const worker = as({ role: 'worker' })

/** The next run comes in five minutes; by then what this one asked for is asked. */
const spreadSeconds = 240

type Options = {
  /** Events up to here are compared; the default leaves webhooks that are on their way a minute. */
  until?: Date
  /** Over how long the questions to Stripe, and about wallets to the chains, are spread. */
  spreadSeconds?: number
}

/**
 * Compares what we believe with what Stripe and the chain say, every five minutes: whatever was never told to us, or was lost
 * on the way, changes nothing in the end. Each step goes on where another failed; all that failed is thrown at the end.
 */
export async function reconcile(options: Options = {}): Promise<void> {
  const steps: [name: string, step: () => Promise<unknown>][] = [
    ['events', () => fetchMissedEvents(options)],
    ['sessions', () => rereadSessions(options.spreadSeconds ?? spreadSeconds)],
    ['stalled work', scheduleStalledWork],
    ['nonces', repairNonces],
    ['treasury', compareTreasury],
    ['wallets', () => rereadWallets(options.spreadSeconds ?? spreadSeconds)],
    ['findings', noteFindings],
  ]
  const failed: string[] = []
  for (const [name, step] of steps) {
    try {
      await step()
    } catch (error) {
      log.error('a step of the reconciliation failed', { step: name, error: errorText(error) })
      failed.push(name)
    }
  }
  if (failed.length > 0) throw new Error(`The reconciliation could not finish: ${failed.join(', ')}.`)
}

async function rereadSessions(spread: number): Promise<void> {
  await worker((sql) => sql`select app.reread_open_sessions(${spread})`)
}

async function rereadWallets(spread: number): Promise<void> {
  await worker((sql) => sql`select app.reread_wallets(${spread})`)
}

async function noteFindings(): Promise<void> {
  for (const { finding_kind: kind, finding_subject: subject, change } of await worker(
    (sql) => sql`select * from app.note_findings()`,
  )) {
    if (change === 'new') log.error('the reconciliation found something', { kind, subject })
    else log.info('what the reconciliation had found is gone', { kind, subject })
  }
}
