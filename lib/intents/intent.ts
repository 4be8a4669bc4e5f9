import { getAddress } from 'viem'
import { Intent } from '#lib/intents/schema.ts'
import { networks } from '#lib/rails/chain/networks.ts'

const iso = (text: string): string => new Date(text).toISOString()

/** What private.intent_json() makes of a payment, as the API shows it. */
export function toIntent(stored: Record<string, unknown>): Intent {
  // Cast: the database's function writes exactly these, and the schema below holds it to that.
  const json = stored as Intent & { recipientAddress: string }
  return Intent.parse({
    ...json,
    chain: networks[json.network].caip2,
    recipientAddress: getAddress(json.recipientAddress),
    approval: json.approval && { ...json.approval, at: iso(json.approval.at) },
    executeAfter: iso(json.executeAfter),
    expiresAt: iso(json.expiresAt),
    createdAt: iso(json.createdAt),
    finalizedAt: json.finalizedAt && iso(json.finalizedAt),
    events: json.events.map((event) => ({ ...event, at: iso(event.at) })),
  })
}
