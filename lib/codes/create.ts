import type { Actor } from '#lib/auth/actor.ts'
import { requirePerson } from '#lib/auth/require-person.ts'
import { hashCode, makeCode } from '#lib/codes/code.ts'
import { purpose, toInviteCode } from '#lib/codes/invite-code.ts'
import { CreateCodeInput, type InviteCode } from '#lib/codes/schema.ts'
import { as } from '#lib/db/as.ts'
import { requestHash } from '#lib/http/idempotency.ts'
import { parseInput } from '#lib/http/parse.ts'
import { seal } from '#lib/http/sealed.ts'

/** An operator makes a code for up to a hundred people. The same request with the same key is one code. Throws forbidden for anybody else. */
export async function createCode(
  actor: Actor,
  request: CreateCodeInput,
  idempotencyKey: string,
): Promise<{ code: InviteCode; replayed: boolean }> {
  const person = requirePerson(actor)
  const { maxUses, expiresAt, note } = parseInput(CreateCodeInput, request)
  const code = makeCode()
  const [row] = await as(person)(
    (
      sql,
    ) => sql`select answer, replayed from app.create_code(${idempotencyKey}, ${requestHash(request)}, ${hashCode(code)},
      ${seal(purpose, code)}, ${maxUses}, ${expiresAt}, ${note})`,
  )
  return { code: toInviteCode(row?.answer), replayed: row?.replayed }
}
