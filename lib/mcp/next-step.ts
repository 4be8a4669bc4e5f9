import { env } from '#lib/env.ts'
import type { Intent, IntentStatus } from '#lib/intents/schema.ts'

const steps: Record<IntentStatus, string> = {
  proposed: 'The guards are deciding. Read it again in a moment.',
  denied:
    'It was refused and nothing moved. Do not split it or name the recipient otherwise to get past a guard: tell the person why.',
  needs_approval:
    'It waits for a person, and nothing moves until they approve it. You cannot approve it. Give them the link.',
  approved: 'It is approved and goes on by itself. Read it again to see it settle; never propose it a second time.',
  awaiting_signature: 'It waits for the person’s own wallet to sign.',
  executing: 'It is on its way. Read it again to see it settle; never propose it a second time.',
  unknown: 'It may have moved. It is being looked for on chain; never propose it a second time meanwhile.',
  settled: 'It is paid, and its Transfer was read on chain.',
  failed: 'It certainly did not move, and what was held is free again.',
  cancelled: 'It was cancelled before anything moved.',
  expired: 'Nobody went on with it in time, and nothing moved.',
  refunded: 'It was paid, and paid back.',
}

/** What follows for whoever proposed a payment, and where a person sees it. */
export function nextStep({ id, status }: Intent): { nextStep: string; link: string } {
  return { nextStep: steps[status], link: `${env().APP_URL}/intents/${id}` }
}
