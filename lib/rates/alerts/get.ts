import { z } from 'zod'
import type { Actor, PersonActor } from '#lib/auth/actor.ts'
import { requirePerson } from '#lib/auth/require-person.ts'
import { as } from '#lib/db/as.ts'
import { notFound } from '#lib/http/problem.ts'
import { toRateAlert } from '#lib/rates/alerts/rate-alert.ts'
import type { RateAlert } from '#lib/rates/alerts/schema.ts'

/** A price alert of the person's own, with how telling them went. */
export async function getRateAlert(actor: Actor, id: string): Promise<RateAlert> {
  const person = requireOwner(actor, id)
  const [row] = await as(person)((sql) => sql`select app.read_rate_alert(${id}) as alert`)
  if (!row?.alert) throw notFound('price alert')
  return toRateAlert(row.alert)
}

/** The person, for what is done with an alert by its id. */
export function requireOwner(actor: Actor, id: string): PersonActor {
  const person = requirePerson(actor)
  if (!z.uuid().safeParse(id).success) throw notFound('price alert')
  return person
}
