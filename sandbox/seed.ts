import { createClient } from '@supabase/supabase-js'
import type { Sql } from 'postgres'
import type { MailServer } from '#sandbox/mail/start.ts'

export type Login = { email: string; password: string }

export type SeedOptions = {
  sql: Sql
  supabase: { url: string; publishableKey: string }
  mail: MailServer
  operator: Login
  customer: Login
}

/** Makes the two accounts of the demo, as a person would through Supabase Auth, and gives one of them the operator's role. */
export async function seed({ sql, supabase, mail, operator, customer }: SeedOptions): Promise<void> {
  for (const login of [operator, customer]) await account({ sql, supabase, mail, login })
  await sql`
    insert into public.account_roles (account_id, role)
    select id, 'operator' from auth.users where email = ${operator.email}
    on conflict do nothing`
}

type AccountOptions = Pick<SeedOptions, 'sql' | 'supabase' | 'mail'> & { login: Login }

async function account({ sql, supabase, mail, login }: AccountOptions): Promise<void> {
  const [known] = await sql`select 1 from auth.users where email = ${login.email} and confirmed_at is not null`
  if (known) return
  const { auth } = createClient(supabase.url, supabase.publishableKey, { auth: { persistSession: false } })
  const signUp = await auth.signUp(login)
  if (signUp.error) throw signUp.error
  const token = mail.list(login.email)[0]?.code
  if (!token) throw new Error(`No confirmation came by mail for ${login.email}.`)
  const confirmed = await auth.verifyOtp({ email: login.email, token, type: 'signup' })
  if (confirmed.error) throw confirmed.error
  await auth.signOut()
}
