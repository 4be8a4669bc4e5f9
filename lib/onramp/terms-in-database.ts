import { as } from '#lib/db/as.ts'
import { OnrampTerms, type ReadTerms } from '#lib/onramp/terms.ts'

/** As `readTermsOverRest`, where the database itself can be asked. */
export const readTermsInDatabase: ReadTerms = async ({ asset, currency, sourceAmountMinor, usdc, offer }) => {
  const [row] = await as({ role: 'anon' })(
    (sql) => sql`select public.onramp_terms(${asset}, ${currency}, ${String(sourceAmountMinor)}, ${String(usdc)},
      ${offer.delivery}, ${offer.feeBasisPoints}) as terms`,
  )
  return OnrampTerms.parse(row?.terms)
}
