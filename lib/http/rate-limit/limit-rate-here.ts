import RateLimiterMemory from 'rate-limiter-flexible/lib/RateLimiterMemory.js'
import { clientKey } from '#lib/http/rate-limit/client-key.ts'
import { type Limit, limits, strangers, windowSeconds } from '#lib/http/rate-limit/limits.ts'
import { rateLimited } from '#lib/http/rate-limit/refusal.ts'

const limiters = new Map<string, RateLimiterMemory>()

/**
 * As `limitRate`, counted by this instance alone: for routes on the edge, which reach no database. The whole is then as
 * many times larger as there are instances; the platform's own firewall is what holds more than that.
 */
export async function limitRateHere(name: Limit, client: string | undefined): Promise<void> {
  const points = client === undefined ? limits[name] * strangers : limits[name]
  const kind = `${name} ${points}`
  const limiter = limiters.get(kind) ?? new RateLimiterMemory({ points, duration: windowSeconds })
  limiters.set(kind, limiter)
  try {
    await limiter.consume(client === undefined ? 'everybody' : clientKey(client))
  } catch (refused) {
    const wait = typeof refused === 'object' && refused !== null ? Reflect.get(refused, 'msBeforeNext') : undefined
    if (typeof wait !== 'number') throw refused
    throw rateLimited(wait)
  }
}
