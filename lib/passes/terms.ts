import { as } from '#lib/db/as.ts'
import { PassTerms } from '#lib/passes/schema.ts'

/** What a pass costs and what comes with it, for anybody. */
export async function passTerms(): Promise<PassTerms> {
  const [row] = await as({ role: 'anon' })((sql) => sql`select app.read_pass_terms() as terms`)
  return PassTerms.parse(row?.terms)
}
