import type { z } from 'zod'
import type { Actor } from '#lib/auth/actor.ts'
import { requirePerson } from '#lib/auth/require-person.ts'
import { type StoredCode, toInviteCode } from '#lib/codes/invite-code.ts'
import type { InviteCode } from '#lib/codes/schema.ts'
import { as } from '#lib/db/as.ts'
import { readCursor } from '#lib/http/cursor.ts'
import { PageInput, pageOf } from '#lib/http/page.ts'
import { parseInput } from '#lib/http/parse.ts'

/** The codes that operators made, newest first. Throws forbidden for anybody else. */
export async function listIssuedCodes(
  actor: Actor,
  query: z.input<typeof PageInput> = {},
): Promise<{ codes: InviteCode[]; nextCursor: string | null }> {
  const person = requirePerson(actor)
  const { cursor, limit } = parseInput(PageInput, query)
  const after = readCursor(cursor)
  const found = await as(person)(
    (sql) => sql`select code, "position", id
      from app.list_codes(${after?.at ?? null}::timestamptz, ${after?.id ?? null}, ${limit + 1})`,
  )
  // Cast: the columns selected above.
  const { rows, nextCursor } = pageOf(found as unknown as { id: string; position: string; code: StoredCode }[], limit)
  return { codes: rows.map((row) => toInviteCode(row.code)), nextCursor }
}
