import { randomUUID } from 'node:crypto'
import type postgres from 'postgres'
import type { PersonActor } from '#lib/auth/actor.ts'
import { createRateAlert } from '#lib/rates/alerts/create.ts'
import type { CreatedRateAlert, CreateRateAlertInput } from '#lib/rates/alerts/schema.ts'
import { newPerson } from '#supabase/tests/support/agents.ts'

/** A new person whose email address is confirmed, as one who signed in by a code has it. */
export async function newReader(admin: postgres.Sql): Promise<PersonActor & { email: string }> {
  const person = await newPerson(admin)
  const [row] =
    await admin`update auth.users set email_confirmed_at = now() where id = ${person.userId} returning email`
  return { ...person, email: row?.email }
}

/** An alert of theirs: by mail, for 100 dollars a BTC, unless something else is said. */
export async function arm(person: PersonActor, wish: Partial<CreateRateAlertInput> = {}): Promise<CreatedRateAlert> {
  const { alert } = await createRateAlert(
    person,
    { base: 'BTC', quote: 'USD', direction: 'rises_to', price: '100', channel: 'email', ...wish },
    randomUUID(),
  )
  return alert
}
