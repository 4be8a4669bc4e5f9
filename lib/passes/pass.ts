import { OwnPasses, Pass } from '#lib/passes/schema.ts'

const iso = (text: string): string => new Date(text).toISOString()
const isoEvents = (events: { at: string }[]) => events.map((event) => ({ ...event, at: iso(event.at) }))

type StoredPass = { grantedAt: string; expiresAt: string; events: { at: string }[] }
type StoredOrder = { createdAt: string; expiresAt: string; paidAt: string | null; events: { at: string }[] }

const passTimes = (stored: StoredPass) => ({
  ...stored,
  grantedAt: iso(stored.grantedAt),
  expiresAt: iso(stored.expiresAt),
  events: isoEvents(stored.events),
})

/** A pass as the API shows it, from what private.pass_json() makes of it. */
export function toPass(stored: StoredPass): Pass {
  return Pass.parse(passTimes(stored))
}

/** What app.read_own_passes() finds. */
export type StoredPasses = {
  holdsUntil: string | null
  profile: { createdAt: string } | null
  passes: StoredPass[]
  orders: StoredOrder[]
}

/** What a person has and ordered, as the API shows it. */
export function toOwnPasses(stored: StoredPasses): OwnPasses {
  return OwnPasses.parse({
    ...stored,
    holdsUntil: stored.holdsUntil && iso(stored.holdsUntil),
    profile: stored.profile && { ...stored.profile, createdAt: iso(stored.profile.createdAt) },
    passes: stored.passes.map(passTimes),
    orders: stored.orders.map((order) => ({
      ...order,
      createdAt: iso(order.createdAt),
      expiresAt: iso(order.expiresAt),
      paidAt: order.paidAt && iso(order.paidAt),
      events: isoEvents(order.events),
    })),
  })
}
