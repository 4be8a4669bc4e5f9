import { cache } from 'react'
import type { Actor } from '#lib/auth/actor.ts'
import { as } from '#lib/db/as.ts'

/** Whether the actor's account holds the operator's role. The database shows an account its own roles only. */
export const isOperator = cache(async (actor: Actor): Promise<boolean> => {
  if (actor.role !== 'authenticated') return false
  const rows = await as(actor)(
    (sql) => sql`select 1 from public.account_roles where account_id = ${actor.userId} and role = 'operator'`,
  )
  return rows.length > 0
})
