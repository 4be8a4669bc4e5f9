import { as } from '#lib/db/as.ts'
import { lookAt, type Part, type Status } from '#lib/health/part.ts'

/** Whether there are prices that quotes can stand on, and whoever is asked for them answers. */
export async function lookAtRates(): Promise<Part> {
  return await lookAt('rates', async () => {
    const [row] = await as({ role: 'worker' })((sql) => sql`select * from app.measure_rates()`)
    const { pairs, fresh, oldest_seconds: ageSeconds, held, failing } = row ?? {}
    const [status, summary] = judge({ pairs, fresh, held, failing })
    return { status, summary, detail: { pairs, fresh, held, ageSeconds } }
  })
}

type Rates = { pairs: number; fresh: number; held: number; failing: string[] }

function judge({ pairs, fresh, held, failing }: Rates): [Status, string] {
  if (fresh === 0) return ['down', 'No price is fresh: nothing is quoted']
  if (fresh < pairs) return ['degraded', `${fresh} of ${pairs} prices are fresh`]
  if (held > 0) return ['degraded', held === 1 ? 'A price is held' : `${held} prices are held`]
  if (failing.length > 0) return ['degraded', `No proper answer from ${failing.join(' and ')}`]
  return ['ok', 'Every price is fresh']
}
