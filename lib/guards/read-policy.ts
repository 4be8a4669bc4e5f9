import type { LanguageModel } from 'ai'
import { getAddress } from 'viem'
import type { Actor } from '#lib/auth/actor.ts'
import { requirePerson } from '#lib/auth/require-person.ts'
import { languageModel } from '#lib/chat/model.ts'
import { as } from '#lib/db/as.ts'
import { parsePolicy } from '#lib/guards/parse-policy.ts'
import { readByModel } from '#lib/guards/read-by-model.ts'
import { type Guard, PolicyInput, type PolicyReading } from '#lib/guards/schema.ts'
import { parseInput } from '#lib/http/parse.ts'

/**
 * Reads a person's policy into guards for them to look at. The parser comes first; what it does not understand is read by a
 * language model where there is one, and taken only as far as the person's own words carry it. Nothing is saved.
 */
export async function readPolicy(
  actor: Actor,
  request: unknown,
  model: LanguageModel | null = languageModel(),
): Promise<PolicyReading> {
  const person = requirePerson(actor)
  const { text } = parseInput(PolicyInput, request)
  const rows = await as(person)((sql) => sql`select name, address from public.contacts order by name limit 1000`)
  const contacts = rows.map(({ name, address }) => ({ name: String(name), address: String(address) }))
  const parsed = parsePolicy(text, contacts)
  const rest =
    model && parsed.notUnderstood.length > 0 ? await readByModel(model, parsed.notUnderstood, contacts) : null
  const understood = [...parsed.understood, ...(rest?.understood ?? [])]
  return {
    by: rest && rest.understood.length > 0 ? 'model' : 'parser',
    understood: understood.map(({ text, guard }) => ({ text, guard: shown(guard) })),
    notUnderstood: rest?.notUnderstood ?? parsed.notUnderstood,
  }
}

/** Addresses in checksum spelling, as everywhere they are shown. */
function shown(guard: Guard): Guard {
  if (guard.type !== 'recipients' || !guard.addresses) return guard
  return { ...guard, addresses: guard.addresses.map((address) => getAddress(address)) }
}
