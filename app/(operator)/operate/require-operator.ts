import { notFound } from 'next/navigation'
import type { PersonActor } from '#lib/auth/actor.ts'
import { isOperator } from '#lib/auth/operator.ts'
import { requestActor } from '#lib/auth/request-actor.ts'

/** The signed-in operator. For everyone else the desk does not exist. Every page asks: a layout is not drawn anew for each. */
export async function requireOperator(): Promise<PersonActor> {
  const actor = await requestActor()
  if (actor.role !== 'authenticated' || !(await isOperator(actor))) notFound()
  return actor
}
