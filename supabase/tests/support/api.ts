import { randomUUID } from 'node:crypto'
import type postgres from 'postgres'
import * as agentsOneApiKeys from '#app/api/v1/agents/[id]/api-keys/route.ts'
import * as agentsOneFreeze from '#app/api/v1/agents/[id]/freeze/route.ts'
import * as agentsOne from '#app/api/v1/agents/[id]/route.ts'
import * as agents from '#app/api/v1/agents/route.ts'
import * as apiKeysOne from '#app/api/v1/api-keys/[id]/route.ts'
import * as codesOneQr from '#app/api/v1/codes/[id]/qr/route.ts'
import * as codesOneRevocation from '#app/api/v1/codes/[id]/revocation/route.ts'
import * as codesIssued from '#app/api/v1/codes/issued/route.ts'
import * as codesRedemptions from '#app/api/v1/codes/redemptions/route.ts'
import * as codes from '#app/api/v1/codes/route.ts'
import * as contactsOne from '#app/api/v1/contacts/[id]/route.ts'
import * as contacts from '#app/api/v1/contacts/route.ts'
import * as handles from '#app/api/v1/handles/route.ts'
import * as intentsOneApproval from '#app/api/v1/intents/[id]/approval/route.ts'
import * as intentsOneCancellation from '#app/api/v1/intents/[id]/cancellation/route.ts'
import * as intentsOne from '#app/api/v1/intents/[id]/route.ts'
import * as intentsBatch from '#app/api/v1/intents/batch/route.ts'
import * as intents from '#app/api/v1/intents/route.ts'
import * as intentsSimulate from '#app/api/v1/intents/simulate/route.ts'
import * as passes from '#app/api/v1/passes/route.ts'
import * as passesTerms from '#app/api/v1/passes/terms/route.ts'
import * as profile from '#app/api/v1/profile/route.ts'
import * as standingApprovalsOne from '#app/api/v1/standing-approvals/[id]/route.ts'
import * as standingApprovals from '#app/api/v1/standing-approvals/route.ts'
import * as walletsOne from '#app/api/v1/wallets/[id]/route.ts'
import * as wallets from '#app/api/v1/wallets/route.ts'
import type { PersonActor } from '#lib/auth/actor.ts'
import type { TestAgent } from '#supabase/tests/support/agents.ts'

let signedIn: PersonActor | undefined

/** Says who the browser's cookie says is signed in, or that nobody is. */
export function signIn(person: PersonActor | undefined): void {
  signedIn = person
}

/** In place of requestPerson: verifying a cookie is Supabase's, and not what is tested with it. */
export async function requestPerson() {
  return signedIn && { actor: signedIn, address: null }
}

const routes: Record<string, Record<string, unknown>> = {
  'agents/[id]/api-keys': agentsOneApiKeys,
  'agents/[id]/freeze': agentsOneFreeze,
  'agents/[id]': agentsOne,
  agents,
  'api-keys/[id]': apiKeysOne,
  'codes/[id]/qr': codesOneQr,
  'codes/[id]/revocation': codesOneRevocation,
  'codes/issued': codesIssued,
  'codes/redemptions': codesRedemptions,
  codes,
  'contacts/[id]': contactsOne,
  contacts,
  handles,
  'intents/[id]/approval': intentsOneApproval,
  'intents/[id]/cancellation': intentsOneCancellation,
  'intents/[id]': intentsOne,
  'intents/batch': intentsBatch,
  intents,
  'intents/simulate': intentsSimulate,
  passes,
  'passes/terms': passesTerms,
  profile,
  'standing-approvals/[id]': standingApprovalsOne,
  'standing-approvals': standingApprovals,
  'wallets/[id]': walletsOne,
  wallets,
}

type Handler = (request: Request, context: { params: Promise<{ id: string }> }) => Promise<Response>
type Call = { key?: string | undefined; body?: unknown; id?: string; headers?: Record<string, string>; query?: string }

/** One request to a route's own handler, by a key or by whoever is signed in. */
export async function call(route: string, method: string, { key, body, id = '', headers = {}, query = '' }: Call = {}) {
  // Cast: what a route exports under the name of a method is its handler.
  const handler = routes[route]?.[method] as Handler | undefined
  if (!handler) throw new Error(`${route} has no ${method}`)
  const request = new Request(`http://causeway.test/api/v1/${route.replace('[id]', id)}${query}`, {
    method,
    headers: {
      ...(key ? { authorization: `Bearer ${key}` } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(method === 'POST' ? { 'idempotency-key': randomUUID() } : {}),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const response = await handler(request, { params: Promise.resolve({ id }) })
  const text = await response.text()
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: text.startsWith('{') ? JSON.parse(text) : null,
  }
}

export const shop = '0x90F79bf6EB2c4f870365E785982E1f101E93b906'

/** A payment of that agent, as it is sent. */
export const payment = ({ walletId }: TestAgent, more: object = {}) => ({
  walletId,
  recipient: shop,
  amount: '10.00',
  asset: 'USDC',
  purpose: 'Hosting in November',
  ...more,
})

/** All that would show that something was done: payments, holds, the ledger and the keys of requests. */
export async function traces(adminSql: postgres.Sql, { id, walletId }: TestAgent) {
  const [row] = await adminSql`select
    (select count(*)::int from public.intents where agent_id = ${id}) as intents,
    (select count(*)::int from public.spend_reservations r join public.intents i on i.id = r.intent_id where i.agent_id = ${id}) as reservations,
    (select coalesce(sum(held), 0)::text from public.ledger_accounts where wallet_id = ${walletId}) as held,
    (select coalesce(sum(reserved_micros), 0)::text from private.spend_buckets where scope_id = ${id}) as reserved,
    (select count(*)::int from public.idempotency_keys where scope = ${`agent:${id}`}) as keys`
  return row
}
export const nothing = { intents: 0, reservations: 0, held: '0', reserved: '0', keys: 0 }

export const keyOf = ({ actor }: TestAgent) => actor.apiKey
