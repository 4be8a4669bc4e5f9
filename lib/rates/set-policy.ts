import { z } from 'zod'
import type { Actor } from '#lib/auth/actor.ts'
import { as } from '#lib/db/as.ts'
import { parseInput } from '#lib/http/parse.ts'
import { notFound } from '#lib/http/problem.ts'
import { rateAssetCodes, rateCurrencyCodes } from '#lib/rates/pairs.ts'

const Policy = z.strictObject({
  base: z.enum(rateAssetCodes),
  quote: z.enum(rateCurrencyCodes),
  /** In whole units of the currency, on each whole unit of the asset: an exact decimal. */
  markupAbsolute: z
    .string()
    .regex(/^\d{1,9}(\.\d{1,8})?$/, 'A markup is an amount such as 0.10, with at most eight decimals.'),
  markupBasisPoints: z.string().regex(/^\d{1,4}$/, 'The markup is a whole number of basis points.'),
  jumpBasisPoints: z.string().regex(/^\d{1,4}$/, 'The bound is a whole number of basis points.'),
})

export type RatePolicyInput = z.input<typeof Policy>

/**
 * Sets what a quote of a pair adds to the price, and how far the price may move at once before it is held. Refused to anybody
 * but an operator; audited with what it was. Throws Problems: not_found, invalid_field, forbidden.
 */
export async function setRatePolicy({ actor, ...input }: { actor: Actor } & RatePolicyInput): Promise<void> {
  if (actor.role !== 'authenticated') throw notFound('pair')
  const { base, quote, markupAbsolute, markupBasisPoints, jumpBasisPoints } = parseInput(Policy, input)
  await as(actor)(
    (
      sql,
    ) => sql`select app.set_rate_policy(${base}, ${quote}, ${markupAbsolute}::text::numeric, ${Number(markupBasisPoints)},
      ${Number(jumpBasisPoints)})`,
  )
}
