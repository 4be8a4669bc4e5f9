import { createHmac } from 'node:crypto'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { env } from '#lib/env.ts'
import { clientKey } from '#lib/http/rate-limit/client-key.ts'
import { type Limit, limits, strangers, windowSeconds } from '#lib/http/rate-limit/limits.ts'
import { PostgresLimiter } from '#lib/http/rate-limit/postgres-limiter.ts'
import { rateLimited } from '#lib/http/rate-limit/refusal.ts'

const counted = new Map<Limit, PostgresLimiter>()
const alone = new Map<Limit, RateLimiterMemory>()

/** The limiter of a name, made when it is first needed. */
function made<L>(limiters: Map<Limit, L>, name: Limit, make: () => L): L {
  const limiter = limiters.get(name) ?? make()
  limiters.set(name, limiter)
  return limiter
}

/**
 * Counts one request against a limit, and throws rate_limited (429) when it is one too many. `about` is whose limit it is:
 * a client's address, an account. It is counted by all instances together, and stored as a keyed hash only. Undefined is a
 * client that nothing vouches for: those are counted together, by each process alone, so that no row becomes a bottleneck.
 */
export async function limitRate(name: Limit, about: string | undefined): Promise<void> {
  const options = { points: limits[name], duration: windowSeconds }
  try {
    if (about === undefined) {
      const points = options.points * strangers
      await made(alone, name, () => new RateLimiterMemory({ ...options, points })).consume('everybody')
      return
    }
    const key = createHmac('sha256', env().APP_SECRET)
      .update(`rate limit ${name} ${clientKey(about)}`)
      .digest('hex')
    await made(counted, name, () => new PostgresLimiter(options)).consume(key)
  } catch (error) {
    if (error instanceof RateLimiterRes) throw rateLimited(error.msBeforeNext)
    throw error
  }
}
