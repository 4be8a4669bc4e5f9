import type { Actor } from '#lib/auth/actor.ts'
import { requirePerson } from '#lib/auth/require-person.ts'
import { hashCode, readCode } from '#lib/codes/code.ts'
import { RedeemCodeInput } from '#lib/codes/schema.ts'
import { as } from '#lib/db/as.ts'
import { parseInput } from '#lib/http/parse.ts'
import { Problem } from '#lib/http/problem.ts'
import { toPass } from '#lib/passes/pass.ts'
import type { Pass } from '#lib/passes/schema.ts'

/**
 * A person comes in by a friend's code. Throws not_found for one that is none, code_own, code_used, code_revoked, code_expired,
 * code_exhausted, wrong_state for whoever has a pass, and suspended.
 */
export async function redeemCode(actor: Actor, request: RedeemCodeInput): Promise<Pass> {
  const person = requirePerson(actor)
  const code = readCode(parseInput(RedeemCodeInput, request).code)
  if (code === null) {
    throw new Problem(
      422,
      'invalid_field',
      "The field 'code' is not valid",
      'A code has 26 letters and digits. Look at it again, or scan it.',
      { field: 'code' },
    )
  }
  const [row] = await as(person)((sql) => sql`select app.redeem_code(${hashCode(code)}) as pass`)
  return toPass(row?.pass)
}
