import type { Actor } from '#lib/auth/actor.ts'
import { as } from '#lib/db/as.ts'
import { notFound } from '#lib/http/problem.ts'

/** Lets a job run now, with all its attempts before it, by an operator; audited. Safe, as every task may run twice. */
export async function retryJob({ actor, id }: { actor: Actor; id: string }): Promise<void> {
  if (actor.role !== 'authenticated' || !/^[1-9]\d{0,17}$/.test(id)) throw notFound('job')
  await as(actor)((sql) => sql`select app.retry_job(${id})`)
}
