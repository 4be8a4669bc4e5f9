import { z } from 'zod'
import { line } from '#lib/http/line.ts'
import { InvalidAmount, parseAmount } from '#lib/money/amount.ts'
import { assetNames, networkNames } from '#lib/money/assets.ts'
import { tokens } from '#lib/rails/chain/tokens.ts'

const instant = (description: string) => z.iso.datetime().meta({ description })
const amount = (description: string) => z.string().meta({ description, example: '25.00' })
const address = (description: string) =>
  z.string().meta({ description, example: '0x90F79bf6EB2c4f870365E785982E1f101E93b906' })
const asset = z
  .enum(assetNames, { error: `is one of ${assetNames.join(', ')}` })
  .meta({ description: 'The stablecoin.', example: 'USDC' })

export const linkStatuses = ['open', 'partly_paid', 'paid', 'cancelled', 'expired'] as const
const status = z.enum(linkStatuses).meta({
  id: 'LinkStatus',
  description: 'open and partly_paid wait for money. paid, cancelled and expired are final.',
})

/** POST /links */
export const CreateLinkInput = z
  .strictObject({
    walletId: z.uuid('is the id of a wallet').meta({ description: 'The wallet of yours that is to be paid into.' }),
    asset,
    amount: z.string('is a decimal number in a text, such as "25.00"').optional().meta({
      description: 'What is asked for. Without it the link takes any amount, as often as anybody likes.',
      example: '25.00',
    }),
    note: line(140)
      .optional()
      .meta({
        description: 'What it is for. Whoever opens the link reads it.',
        example: 'Invoice 7',
        override: { type: 'string', minLength: 1, maxLength: 140 },
      }),
    expiresAt: z.iso
      .datetime({ offset: true, error: 'is a time, such as "2026-12-24T18:00:00Z"' })
      .optional()
      .meta({ description: 'When it ends by itself: from a minute to a year from now. Without it, it stays.' }),
  })
  .transform((input, context) => {
    const { amount: text, ...rest } = input
    if (text === undefined) return { ...rest, units: null }
    const refuse = (message: string): never => {
      context.addIssue({ code: 'custom', path: ['amount'], message, params: { code: 'invalid_amount' } })
      return z.NEVER
    }
    try {
      const units = parseAmount(text, tokens.find((token) => token.asset === rest.asset)?.decimals ?? 0)
      return units > 0n ? { ...rest, units } : refuse('The amount has to be more than nothing.')
    } catch (error) {
      if (error instanceof InvalidAmount) return refuse(error.message)
      throw error
    }
  })
export type CreateLinkInput = z.input<typeof CreateLinkInput>

export const LinkPayment = z
  .object({
    id: z.uuid(),
    network: z.enum(networkNames),
    hash: z.string(),
    from: address('Who sent it.'),
    to: z.string(),
    asset: z.enum(assetNames),
    amount: amount('What its Transfer log says.'),
    status: z
      .enum(['broadcast', 'included', 'confirmed'])
      .meta({ description: 'broadcast: a reorganisation took it back, and it may come again. confirmed is final.' }),
    confirmations: z.number().int(),
    required: z.number().int().meta({ description: 'How many of them make it final.' }),
    counted: z
      .boolean()
      .meta({ description: 'Whether it counts for the link: what came late, or once more, does not.' }),
    explorerUrl: z.string().nullable(),
    at: instant('When its block was made; when it was first seen, where it has none.'),
  })
  .meta({ id: 'LinkPayment' })
export type LinkPayment = z.infer<typeof LinkPayment>

export const Link = z
  .object({
    id: z.uuid(),
    status,
    note: z.string(),
    payee: z.string().nullable().meta({ description: 'The handle of whoever asks, if they have one.', example: 'ada' }),
    network: z.enum(networkNames).meta({ description: 'The only chain on which it is paid.' }),
    chain: z.string().meta({ description: 'The same chain by its CAIP-2 name.', example: 'eip155:8453' }),
    asset,
    token: address('The contract of the asset. No other token counts, whatever it calls itself.'),
    address: address('Where it is paid to.'),
    amount: amount('What is asked for; null for any amount.').nullable(),
    received: amount('What has arrived, is final and counts.'),
    due: amount('What is left to pay; null for any amount.').nullable(),
    url: z.string().meta({ description: 'The page on which anybody can pay it.' }),
    paymentUri: z.string().meta({ description: 'What is due as a payment request that wallets read (EIP-681).' }),
    expiresAt: instant('When it ends by itself.').nullable(),
    endedAt: instant('When it was paid or ended; null until then.').nullable(),
    createdAt: instant('When it was made.'),
    events: z.array(
      z.object({
        from: status.nullable(),
        to: status,
        at: instant('When it changed.'),
        actor: z.string().meta({ description: 'Who changed it: account or worker.' }),
      }),
    ),
    payments: z.array(LinkPayment).meta({ description: 'Everything that came for it, oldest first.' }),
  })
  .meta({ id: 'Link' })
export type Link = z.infer<typeof Link>

/** A link as its owner sees it. */
export const OwnLink = Link.extend({
  walletId: z.uuid(),
  unassigned: z.array(LinkPayment).meta({
    description:
      'What came to its address while it is open and fits no link: its owner may say that it was meant for this one.',
  }),
}).meta({ id: 'OwnLink' })
export type OwnLink = z.infer<typeof OwnLink>

/** POST /links/:id/payments */
export const AssignPaymentInput = z.strictObject({
  paymentId: z.uuid('is the id of a payment').meta({ description: 'One of the link’s unassigned payments.' }),
})
export type AssignPaymentInput = z.input<typeof AssignPaymentInput>
