import { z } from 'zod'
import { formatAmount, InvalidAmount, parseAmount } from '#lib/money/amount.ts'
import { assetNames, networkNames } from '#lib/money/assets.ts'
import { currencies, currencyCodes } from '#lib/money/currencies.ts'
import { limits } from '#lib/onramp/limits.ts'
import { InvalidAddress, parseAddress } from '#lib/rails/chain/address.ts'

const sourceAmount = z.string('is a decimal number in a text, such as "25.00"').meta({
  description: 'What the card converts, before fees: a decimal number in a text.',
  example: '25.00',
})

const purchase = {
  asset: z.enum(assetNames, { error: `is one of ${assetNames.join(', ')}` }).meta({ example: 'MUSD' }),
  network: z.enum(networkNames, { error: `is one of ${networkNames.join(', ')}` }).meta({ example: 'mezo' }),
  sourceAmount,
  sourceCurrency: z
    .string(`is one of ${currencyCodes.join(', ')}`)
    .toUpperCase()
    .pipe(z.enum(currencyCodes, { error: `is one of ${currencyCodes.join(', ')}` }))
    .meta({ example: 'USD' }),
}

type Amounts = { sourceAmount: string; sourceCurrency: keyof typeof currencies }

/** Puts the amount in minor units beside the text, or says exactly what is wrong with it. */
function withMinorUnits<Input extends Amounts>(
  input: Input,
  context: z.RefinementCtx,
): Input & { sourceAmountMinor: bigint } {
  const { decimals } = currencies[input.sourceCurrency]
  const refuse = (code: string, message: string): never => {
    context.addIssue({ code: 'custom', path: ['sourceAmount'], message, params: { code } })
    return z.NEVER
  }
  try {
    const minor = parseAmount(input.sourceAmount, decimals)
    const { min, max } = limits[input.sourceCurrency]
    if (minor < min || minor > max) {
      const text = (units: bigint) => formatAmount(units, decimals, { minimumDecimals: decimals })
      return refuse('amount_out_of_range', `A purchase is from ${text(min)} to ${text(max)} ${input.sourceCurrency}.`)
    }
    return { ...input, sourceAmountMinor: minor }
  } catch (error) {
    if (error instanceof InvalidAmount) return refuse('invalid_amount', error.message)
    throw error
  }
}

const walletAddress = z
  .string('is the address of a wallet')
  .transform((text, context) => {
    try {
      return parseAddress(text)
    } catch (error) {
      if (!(error instanceof InvalidAddress)) throw error
      context.addIssue({ code: 'custom', message: error.message, params: { code: 'invalid_address' } })
      return z.NEVER
    }
  })
  .meta({ example: '0x90F79bf6EB2c4f870365E785982E1f101E93b906' })

/** GET /onramp/quotes */
export const QuoteInput = z.strictObject(purchase).transform(withMinorUnits)
export type QuoteInput = z.output<typeof QuoteInput>

/** POST /onramp/sessions */
export const CreateSessionInput = z
  .strictObject({ walletAddress, ...purchase, quoteId: z.string().max(2048).optional() })
  .transform(withMinorUnits)
export type CreateSessionInput = z.output<typeof CreateSessionInput>

export const Fee = z.object({
  kind: z.enum(['processing', 'network', 'delivery']),
  amount: z.string(),
  currency: z.string(),
})

export const Quote = z
  .object({
    id: z.string(),
    sourceAmount: z.string(),
    sourceCurrency: z.enum(currencyCodes),
    fees: z.array(Fee),
    totalAmount: z
      .string()
      .meta({ description: 'What the card pays: the source amount and every fee in its currency.' }),
    destinationAmount: z.string(),
    asset: z.enum(assetNames),
    network: z.enum(networkNames),
    chain: z.string().meta({ description: 'CAIP-2', example: 'eip155:31611' }),
    expiresAt: z.iso.datetime(),
  })
  .meta({ id: 'Quote' })
export type Quote = z.infer<typeof Quote>

export const sessionStatuses = [
  'created',
  'awaiting_payment',
  'processing',
  'funded',
  'delivering',
  'delivered',
  'expired',
  'rejected',
  'unknown',
  'needs_attention',
] as const
export type SessionStatus = (typeof sessionStatuses)[number]

export const Transfer = z
  .object({
    kind: z.enum(['stripe_payout', 'treasury_delivery']),
    network: z.enum(networkNames),
    hash: z.string().nullable(),
    from: z.string().nullable(),
    to: z.string(),
    asset: z.enum(assetNames),
    amount: z.string().nullable(),
    status: z.enum(['prepared', 'signed', 'broadcast', 'included', 'confirmed', 'failed']),
    confirmations: z.number().int(),
    required: z.number().int(),
    explorerUrl: z.string().nullable(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'Transfer' })
export type Transfer = z.infer<typeof Transfer>

export const SessionEvent = z.object({
  from: z.enum(sessionStatuses).nullable(),
  to: z.enum(sessionStatuses),
  at: z.iso.datetime(),
  actor: z.string(),
})

export const OnrampSession = z
  .object({
    id: z.uuid(),
    status: z.enum(sessionStatuses),
    walletAddress: z.string(),
    asset: z.enum(assetNames),
    network: z.enum(networkNames),
    chain: z.string(),
    delivery: z.enum(['stripe', 'treasury']),
    quote: Quote,
    deliveredAmount: z.string().nullable(),
    transfers: z.array(Transfer),
    events: z.array(SessionEvent),
    attention: z.object({ code: z.string(), detail: z.string() }).nullable(),
    paidAfterExpiry: z.boolean(),
    checkoutUrl: z.string().nullable(),
    receiptUrl: z.string().nullable(),
    createdAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
    deliveredAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'OnrampSession' })
export type OnrampSession = z.infer<typeof OnrampSession>

export const CreatedSession = z
  .object({
    id: z.uuid(),
    secret: z.string().meta({ description: 'Shows this session to whoever holds it. Keep it; it is not shown again.' }),
    status: z.enum(sessionStatuses),
    quote: Quote,
    checkoutUrl: z.string(),
    clientSecret: z.string().nullable(),
    statusUrl: z.string(),
    expiresAt: z.iso.datetime(),
  })
  .meta({ id: 'CreatedOnrampSession' })
export type CreatedSession = z.infer<typeof CreatedSession>
