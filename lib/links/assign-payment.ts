import { z } from 'zod'
import type { Actor } from '#lib/auth/actor.ts'
import { requirePerson } from '#lib/auth/require-person.ts'
import { as } from '#lib/db/as.ts'
import { parseInput } from '#lib/http/parse.ts'
import { notFound } from '#lib/http/problem.ts'
import { toOwnLink } from '#lib/links/link.ts'
import { AssignPaymentInput, type OwnLink } from '#lib/links/schema.ts'

/** A person says that a final payment which fits no link was meant for this one. It counts from then on, and for no other. */
export async function assignPayment(actor: Actor, id: string, request: AssignPaymentInput): Promise<OwnLink> {
  const person = requirePerson(actor)
  if (!z.uuid().safeParse(id).success) throw notFound('link')
  const { paymentId } = parseInput(AssignPaymentInput, request)
  const [row] = await as(person)((sql) => sql`select app.assign_payment(${id}, ${paymentId}) as link`)
  return toOwnLink(row?.link)
}
