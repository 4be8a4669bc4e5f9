import { z } from 'zod'
import { IntentTransfer } from '#lib/intents/schema.ts'
import { assetNames, networkNames } from '#lib/money/assets.ts'
import { Fee, Quote, Transfer } from '#lib/onramp/schema.ts'

const issued = {
  id: z.uuid(),
  number: z.string().meta({ description: 'Consecutive within a year.', example: 'CW-2026-000042' }),
  issuedAt: z.iso.datetime().meta({ description: 'When the transfer was confirmed.' }),
}
/** What every receipt has of its own, whatever it proves. */
export type Issued = { id: string; number: string; issuedAt: string }

const verification = z
  .object({
    verified: z.boolean().meta({ description: 'The transfer’s log was just read on chain, and is as it should be.' }),
    method: z.string().meta({ description: 'What was read to know.' }),
    blockNumber: z.string().nullable(),
    confirmations: z.number().int(),
    checkedAt: z.iso.datetime(),
  })
  .meta({ description: 'Checked anew by each request.' })
export type Verification = z.infer<typeof verification>

const address = z.string().meta({ example: '0x90F79bf6EB2c4f870365E785982E1f101E93b906' })

export const Receipt = z
  .object({
    kind: z.literal('purchase'),
    ...issued,
    sessionId: z.uuid(),
    walletAddress: address,
    quote: Quote,
    paidAmount: z.string().meta({ description: 'What the card paid, fees included.', example: '25.73' }),
    paidCurrency: z.string().meta({ example: 'USD' }),
    fees: z.array(Fee),
    deliveredAmount: z.string().meta({ description: 'What arrived, read on chain.', example: '24.80535' }),
    asset: z.enum(assetNames),
    network: z.enum(networkNames),
    rate: z.string().meta({
      description: 'What one unit of the asset cost, fees aside, in the currency paid; four decimals, rounded half up.',
      example: '1.0078',
    }),
    transfers: z.array(Transfer),
    verification,
  })
  .meta({ id: 'Receipt', description: 'What proves a purchase.' })
export type Receipt = z.infer<typeof Receipt>

export const PaymentReceipt = z
  .object({
    kind: z.literal('payment'),
    ...issued,
    intentId: z.uuid(),
    agentName: z.string().nullable().meta({ description: 'The agent that paid; null for a person’s own wallet.' }),
    amount: z.string().meta({ description: 'What arrived, read on chain.', example: '10.00' }),
    asset: z.enum(assetNames),
    network: z.enum(networkNames),
    from: address.meta({ description: 'The wallet that paid.' }),
    recipient: z.string().meta({ description: 'The recipient as it was named.', example: 'Merchant' }),
    recipientAddress: address.meta({ description: 'The address that was paid.' }),
    purpose: z.string(),
    approved: z.boolean().meta({
      description: 'Whether a person approved it, or the like of it beforehand; otherwise its guards let it through.',
    }),
    refunded: z.boolean().meta({ description: 'Whether it came back later.' }),
    transfers: z.array(IntentTransfer),
    verification,
  })
  .meta({ id: 'PaymentReceipt', description: 'What proves a payment by an agent, or by a person’s own wallet.' })
export type PaymentReceipt = z.infer<typeof PaymentReceipt>

/** Whatever a receipt proves. */
export const AnyReceipt = z.discriminatedUnion('kind', [Receipt, PaymentReceipt])
