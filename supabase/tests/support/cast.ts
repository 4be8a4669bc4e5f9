import type postgres from 'postgres'
import type { AnonymousActor, PersonActor } from '#lib/auth/actor.ts'

const person = (userId: string): PersonActor => ({ role: 'authenticated', userId, isAnonymous: false })

/** Buys things. */
export const alice = person('00000000-0000-4000-8000-00000000a11c')
/** Buys things too, and would like to know what Alice buys. */
export const bob = person('00000000-0000-4000-8000-000000000b0b')
/** Has the operator's role. */
export const olga = person('00000000-0000-4000-8000-00000000019a')

/** Someone who has not signed in, with the secret of one session or with none. */
export const guest = (sessionKey?: string): AnonymousActor =>
  sessionKey === undefined ? { role: 'anon' } : { role: 'anon', sessionKey }

/** Makes the accounts of the cast, as Supabase Auth would, and Olga an operator. */
export async function introduceCast(owner: postgres.Sql): Promise<void> {
  const people = [alice, bob, olga].map(({ userId }) => ({ id: userId, email: `${userId}@causeway.test` }))
  await owner`insert into auth.users ${owner(people)}`
  await owner`insert into public.account_roles (account_id, role) values (${olga.userId}, 'operator')`
}
