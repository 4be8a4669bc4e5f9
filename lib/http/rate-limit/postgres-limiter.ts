import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import RateLimiterStoreAbstract from 'rate-limiter-flexible/lib/RateLimiterStoreAbstract.js'
import { as } from '#lib/db/as.ts'

type Count = { points: number; milliseconds: number }

/**
 * A limiter of rate-limiter-flexible whose counts are in our Postgres, by one command. The library's own Postgres store
 * writes to a table directly and makes it by itself, which no role of ours may. Keys are 32 bytes in hexadecimal.
 * While the database does not answer, this process counts alone: a limit never fails open.
 */
export class PostgresLimiter extends RateLimiterStoreAbstract {
  constructor({ points, duration }: { points: number; duration: number }) {
    super({
      points,
      duration,
      keyPrefix: '',
      storeClient: as,
      // What is over its limit here is refused here, without another write.
      inMemoryBlockOnConsumed: points,
      insuranceLimiter: new RateLimiterMemory({ points, duration, keyPrefix: '' }),
    })
  }

  /** Called by the library to count. */
  async _upsert(key: string, points: number, milliseconds: number): Promise<Count> {
    const [row] = await as({ role: 'worker' })(
      (sql) =>
        sql`select points, milliseconds from app.take_rate_limit(${Buffer.from(key, 'hex')}, ${points}, ${milliseconds})`,
    )
    return row as Count
  }

  /** Called by the library to read what `_upsert` answered. */
  _getRateLimiterRes(_key: string, changed: number, { points, milliseconds }: Count): RateLimiterRes {
    const remaining = 'points' in this && typeof this.points === 'number' ? Math.max(this.points - points, 0) : 0
    return new RateLimiterRes(remaining, milliseconds, points, points === changed)
  }
}
