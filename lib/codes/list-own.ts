import type { Actor, PersonActor } from '#lib/auth/actor.ts'
import { requirePerson } from '#lib/auth/require-person.ts'
import { hashCode, makeCode } from '#lib/codes/code.ts'
import { purpose, type StoredCode, toInviteCode } from '#lib/codes/invite-code.ts'
import type { OwnCodes } from '#lib/codes/schema.ts'
import { as } from '#lib/db/as.ts'
import { seal } from '#lib/http/sealed.ts'

/**
 * The codes of a person, and how far they are from one. A code that is due is made when it is first looked for, since its digits are
 * made here and not in the database: one a pass, however many look at once.
 */
export async function listOwnCodes(actor: Actor): Promise<OwnCodes> {
  const person = requirePerson(actor)
  const found = await read(person)
  if (found.due === null) return shown(found)
  const code = makeCode()
  await as(person)((sql) => sql`select app.issue_own_code(${hashCode(code)}, ${seal(purpose, code)})`)
  return shown(await read(person))
}

type Found = { codes: StoredCode[]; due: string | null; callsCounted: number | null; callsNeeded: number }

async function read(person: PersonActor): Promise<Found> {
  const [row] = await as(person)((sql) => sql`select app.read_own_codes() as found`)
  return row?.found
}

function shown({ codes, callsCounted, callsNeeded }: Found): OwnCodes {
  return { codes: codes.map(toInviteCode), callsCounted, callsNeeded }
}
