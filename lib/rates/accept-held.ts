import { z } from 'zod'
import type { Actor } from '#lib/auth/actor.ts'
import { as } from '#lib/db/as.ts'
import { notFound } from '#lib/http/problem.ts'
import { rateAssetCodes, rateCurrencyCodes } from '#lib/rates/pairs.ts'

const Reading = z.strictObject({
  source: z.string().regex(/^[a-z]{2,30}$/),
  base: z.enum(rateAssetCodes),
  quote: z.enum(rateCurrencyCodes),
  at: z.iso.datetime(),
})

type HeldReading = { [name in keyof z.input<typeof Reading>]: string }

/**
 * Makes a price that was held the price of its ten minutes, if they have none; audited with how the operator knows. What comes
 * after is measured by it. Throws Problems: not_found, invalid_field, forbidden, wrong_state.
 */
export async function acceptHeldRate({
  actor,
  note,
  ...reading
}: { actor: Actor; note: string } & HeldReading): Promise<void> {
  const parsed = Reading.safeParse(reading)
  if (actor.role !== 'authenticated' || !parsed.success) throw notFound('held price')
  const { source, base, quote, at } = parsed.data
  await as(actor)((sql) => sql`select app.accept_held_rate(${source}, ${base}, ${quote}, ${at}::timestamptz, ${note})`)
}
