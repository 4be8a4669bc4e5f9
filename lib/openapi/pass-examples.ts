import type { InviteCode } from '#lib/codes/schema.ts'
import { exampleSite } from '#lib/openapi/examples.ts'
import type { OwnPasses, Pass, PassTerms } from '#lib/passes/schema.ts'
import type { Profile } from '#lib/profiles/schema.ts'

// One pass, bought by card, and the friend who came by its code. The tests hold each example to its schema.

const orderId = '0197c0a0-1b2c-7d3e-8f4a-5b6c7d8e9f0a'
const passId = '0197c0a2-2c3d-7e4f-9a5b-6c7d8e9f0a1b'
const codeId = '0197c0a3-3d4e-7f5a-8b6c-7d8e9f0a1b2c'
const digits = '5ZK1W7Q0J9T3V8XN2M4RBCDEFG'
const [ordered, paid, nextYear] = [
  '2026-12-23T18:00:00.000Z',
  '2026-12-23T18:01:12.000Z',
  '2027-12-23T18:01:12.000Z',
] as const

export const profile: Profile = { name: 'Ada', createdAt: '2026-12-23T17:58:00.000Z' }

const bought: Pass = {
  id: passId,
  status: 'active',
  orderId,
  codeId: null,
  grantedAt: paid,
  expiresAt: nextYear,
  events: [{ from: null, to: 'active', at: paid, actor: 'worker' }],
}

export const redeemed: Pass = {
  ...bought,
  id: '0197c0b1-4e5f-7a6b-9c7d-8e9f0a1b2c3d',
  orderId: null,
  codeId,
  events: [{ from: null, to: 'active', at: paid, actor: 'account' }],
}

export const ownPasses: OwnPasses = {
  holds: true,
  holdsUntil: nextYear,
  suspended: false,
  profile,
  passes: [bought],
  orders: [
    {
      id: orderId,
      status: 'paid',
      rail: 'card',
      price: '0.50',
      currency: 'USD',
      network: null,
      recipient: null,
      payer: null,
      units: null,
      hash: null,
      checkoutUrl: null,
      failure: null,
      passId,
      createdAt: ordered,
      expiresAt: '2026-12-23T19:00:00.000Z',
      paidAt: paid,
      events: [
        { from: null, to: 'created', at: ordered, actor: 'account' },
        { from: 'created', to: 'awaiting_payment', at: ordered, actor: 'worker' },
        { from: 'awaiting_payment', to: 'paid', at: paid, actor: 'worker' },
      ],
    },
  ],
}

export const passTermsExample: PassTerms = {
  cardPrice: '0.50',
  cardCurrency: 'USD',
  tokenPrice: '0.01',
  validDays: 365,
  codeUses: 4,
  callsForACode: 4,
  callSecondsForACode: 30,
}

export const ownCode: InviteCode = {
  id: codeId,
  status: 'open',
  code: digits,
  url: `${exampleSite}/r/${digits}`,
  passId,
  note: '',
  uses: 1,
  maxUses: 4,
  expiresAt: nextYear,
  revokedAt: null,
  createdAt: paid,
  redemptions: [{ name: 'Grace', at: '2026-12-23T18:20:00.000Z' }],
}

export const revokedCode: InviteCode = { ...ownCode, status: 'revoked', revokedAt: '2026-12-24T09:00:00.000Z' }

export const issuedCode: InviteCode = {
  ...ownCode,
  passId: null,
  note: 'Opening night',
  uses: 0,
  maxUses: 20,
  expiresAt: '2026-12-24T18:00:00.000Z',
  redemptions: [],
}

export const qrExample =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 41 41" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h41v41H0z"/></svg>'
