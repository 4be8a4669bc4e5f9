import { randomUUID } from 'node:crypto'
import type postgres from 'postgres'
import { as } from '#lib/db/as.ts'
import { sha256, treasury, wallet } from '#supabase/tests/support/purchase.ts'
import { tick } from '#supabase/tests/support/rates.ts'

// Quotes of the onramp as the database makes them, and what comes of agreeing to one.

const minute = 60_000

export const ago = (ms: number): Date => new Date(Date.now() - ms)

type Prices = { usdc?: string; musd?: string; at?: Date }

/** What the two coins cost in dollars; a minute ago unless said otherwise. */
export async function market(
  adminSql: postgres.Sql,
  { usdc = '0.9999', musd = '0.9985', at = ago(minute) }: Prices = {},
): Promise<void> {
  await tick(adminSql, { asset: 'USDC', currency: 'USD', price: usdc, at })
  await tick(adminSql, { asset: 'MUSD', currency: 'USD', price: musd, at })
}

export type Terms = { amount: string; fee: string; rate: Record<string, unknown>; expiresAt: string }

/** The terms of 25 dollars, of which Stripe makes 24.93 USDC. */
export async function termsOf(asset: 'MUSD' | 'USDC', usdc = '24930000', cents = '2500'): Promise<Terms> {
  const own = asset === 'MUSD'
  const [row] = await as({ role: 'anon' })(
    (sql) =>
      sql`select public.onramp_terms(${asset}, 'USD', ${cents}, ${usdc}, ${own ? 'treasury' : 'stripe'}, ${own ? 50 : 0}) as terms`,
  )
  return row?.terms
}

/** Agrees to the terms as they are, or as somebody made them. */
export async function agree(asset: 'MUSD' | 'USDC', { amount, rate, expiresAt }: Terms): Promise<string> {
  const own = asset === 'MUSD'
  const [row] = await as({ role: 'anon' })(
    (sql) => sql`select * from app.create_onramp_session(
      ${randomUUID()}, ${sha256('a body')}, ${sha256(randomUUID())}, ${asset}, ${own ? 'mezo-testnet' : 'base'}, ${wallet},
      'USD', 2500, 2610, ${amount}, ${sql.json({ rate } as never)}, ${expiresAt}, ${own ? 'treasury' : 'stripe'}, ${own ? 50 : 0},
      'base', ${own ? treasury : wallet})`,
  )
  return row?.session_id
}
