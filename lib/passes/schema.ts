import { z } from 'zod'
import { assetNames, networkNames } from '#lib/money/assets.ts'
import { Profile } from '#lib/profiles/schema.ts'

const instant = (description: string) => z.iso.datetime().meta({ description })
const price = (description: string, example: string) => z.string().meta({ description, example })

const passStatus = z.enum(['active', 'expired', 'revoked']).meta({
  id: 'PassStatus',
  description: 'active lets you in. revoked: its payment was refunded or is disputed.',
})

export const Pass = z
  .object({
    id: z.uuid(),
    status: passStatus,
    orderId: z.uuid().nullable().meta({ description: 'The order that paid for it; null when it came by a code.' }),
    codeId: z.uuid().nullable().meta({ description: 'The friend’s code that it came by; null when it was bought.' }),
    grantedAt: instant('When it was given.'),
    expiresAt: instant('Until when it holds.'),
    events: z.array(
      z.object({
        from: passStatus.nullable(),
        to: passStatus,
        at: instant('When it changed.'),
        actor: z.string().meta({ description: 'Who changed it: account or worker.' }),
      }),
    ),
  })
  .meta({ id: 'Pass' })
export type Pass = z.infer<typeof Pass>

const orderStatuses = [
  'created',
  'awaiting_payment',
  'confirming',
  'paid',
  'expired',
  'failed',
  'refunded',
  'disputed',
] as const
const orderStatus = z.enum(orderStatuses).meta({
  id: 'PassOrderStatus',
  description: 'paid gives the pass, also after expired. refunded and disputed take it back.',
})

export const PassOrder = z
  .object({
    id: z.uuid(),
    status: orderStatus,
    rail: z.enum(['card', 'wallet']).meta({ description: 'By card at Stripe, or by one transfer on a chain.' }),
    price: price('What it costs.', '0.01'),
    currency: z.enum(['USD', ...assetNames]).meta({ description: 'In what: dollars by card, a stablecoin by wallet.' }),
    network: z.enum(networkNames).nullable().meta({ description: 'The only chain on which it is paid.' }),
    recipient: z.string().nullable().meta({ description: 'Where the transfer goes.' }),
    payer: z.string().nullable().meta({ description: 'The wallet that you said you pay from.' }),
    units: z.string().nullable().meta({ description: 'The price in the token’s base units.' }),
    hash: z.string().nullable().meta({ description: 'The transaction that paid it.' }),
    checkoutUrl: z.string().nullable().meta({ description: 'Where the card is entered, while it is awaited.' }),
    failure: z.string().nullable().meta({ description: 'Why it failed.' }),
    passId: z.uuid().nullable().meta({ description: 'The pass that it bought.' }),
    createdAt: instant('When it was ordered.'),
    expiresAt: instant('Until when it waits for its payment.'),
    paidAt: instant('When it was paid; null until then.').nullable(),
    events: z.array(
      z.object({
        from: orderStatus.nullable(),
        to: orderStatus,
        at: instant('When it changed.'),
        actor: z.string().meta({ description: 'Who changed it: account or worker.' }),
      }),
    ),
  })
  .meta({ id: 'PassOrder' })

export const OwnPasses = z
  .object({
    holds: z.boolean().meta({ description: 'Whether you may enter the rooms now, as far as a pass decides it.' }),
    holdsUntil: instant('Until when your passes hold; null when none does.').nullable(),
    suspended: z.boolean().meta({ description: 'Whether you are kept out until an operator has decided.' }),
    profile: Profile.nullable().meta({ description: 'Your name in the rooms; null until you give one.' }),
    passes: z.array(Pass).meta({ description: 'Yours, newest first.' }),
    orders: z.array(PassOrder).meta({ description: 'Your last twenty, newest first.' }),
  })
  .meta({ id: 'OwnPasses' })
export type OwnPasses = z.infer<typeof OwnPasses>

export const PassTerms = z
  .object({
    cardPrice: price('What a pass costs by card: the least that Stripe takes.', '0.50'),
    cardCurrency: z.literal('USD'),
    tokenPrice: price('What it costs in USDC or MUSD.', '0.01'),
    validDays: z.number().int().meta({ description: 'For how many days it holds.' }),
    codeUses: z.number().int().meta({ description: 'How many friends its code lets in.' }),
    callsForACode: z
      .number()
      .int()
      .meta({ description: 'After how many calls whoever came by a code gets their own.' }),
    callSecondsForACode: z.number().int().meta({ description: 'How long a call lasts at least that counts.' }),
  })
  .meta({ id: 'PassTerms' })
export type PassTerms = z.infer<typeof PassTerms>
