import { z } from 'zod'
import { formatAmount, InvalidAmount, parseAmount } from '#lib/money/amount.ts'
import { assetNames, networkNames } from '#lib/money/assets.ts'
import { currencies, currencyCodes } from '#lib/money/currencies.ts'
import { limits } from '#lib/onramp/limits.ts'
import { walletAddress } from '#lib/wallets/schema.ts'

const sourceAmount = z.string('is a decimal number in a text, such as "25.00"').meta({
  description: 'What the card converts, before fees: a decimal number in a text.',
  example: '25.00',
})

const purchase = {
  asset: z
    .enum(assetNames, { error: `is one of ${assetNames.join(', ')}` })
    .meta({ description: 'The stablecoin to buy.', example: 'MUSD' }),
  network: z.enum(networkNames, { error: `is one of ${networkNames.join(', ')}` }).meta({
    description: 'The chain it shall arrive on. GET /api/v1/onramp/options lists what is sold.',
    example: 'mezo',
  }),
  sourceAmount,
  sourceCurrency: z
    .string(`is one of ${currencyCodes.join(', ')}`)
    .toUpperCase()
    .pipe(z.enum(currencyCodes, { error: `is one of ${currencyCodes.join(', ')}` }))
    .meta({ description: 'The card’s currency.', example: 'USD', override: { enum: [...currencyCodes] } }),
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

const buyersAddress = walletAddress.meta({
  description: 'The buyer’s own wallet: 0x and 40 hexadecimal digits, whose capital letters match their checksum.',
  example: '0x90F79bf6EB2c4f870365E785982E1f101E93b906',
})

/** GET /onramp/quotes */
export const QuoteInput = z.strictObject(purchase).transform(withMinorUnits)
export type QuoteInput = z.output<typeof QuoteInput>

/** POST /onramp/sessions */
export const CreateSessionInput = z
  .strictObject({
    walletAddress: buyersAddress,
    ...purchase,
    quoteId: z.string().max(4096).optional().meta({
      description:
        'The id of a quote for the same purchase, to buy at its price. Without one, a price is asked for now.',
    }),
  })
  .transform(withMinorUnits)
export type CreateSessionInput = z.output<typeof CreateSessionInput>

/** A decimal number in a text, as every amount of the API is: no float ever touches money. */
const amount = (description: string, example: string) => z.string().meta({ description, example })
const instant = (description: string) => z.iso.datetime().meta({ description })
const asset = z.enum(assetNames).meta({ description: 'The stablecoin.', example: 'MUSD' })
const network = z.enum(networkNames).meta({ description: 'The chain it arrives on.', example: 'mezo' })
const chain = z.string().meta({ description: 'The same chain by its CAIP-2 name.', example: 'eip155:31612' })

export const Fee = z
  .object({
    kind: z.enum(['processing', 'network', 'delivery']).meta({
      description: 'processing and network are Stripe’s, delivery is ours for sending MUSD.',
    }),
    amount: amount('The fee.', '0.68'),
    currency: z.string().meta({ description: 'The card’s currency, or the asset.', example: 'USD' }),
  })
  .meta({ id: 'Fee' })

const tick = {
  at: instant('When the raw price held, by its source’s own clock.'),
  ageSeconds: z
    .number()
    .int()
    .meta({ description: 'How old it was when the quote was made: less than 15 minutes.', example: 214 }),
  sources: z
    .array(z.string())
    .meta({ description: 'Who said so; the price is their median.', example: ['coingecko', 'coinbase'] }),
  spreadBasisPoints: z
    .number()
    .int()
    .meta({ description: 'How far apart they were, in hundredths of a percent of the median.', example: 4 }),
}

export const QuoteRate = z
  .object({
    base: asset,
    quote: z.enum(currencyCodes).meta({ description: 'The card’s currency.', example: 'USD' }),
    raw: amount('The market’s price of one, as it was read: no markup is in it.', '0.9985'),
    markup: z
      .object({
        absolute: amount('In whole units of the currency, on each one.', '0'),
        basisPoints: z.number().int().meta({ description: 'In hundredths of a percent of the raw price.', example: 0 }),
      })
      .meta({ description: 'What we add to it. Nothing to what Stripe delivers: there the price is Stripe’s own.' }),
    price: amount(
      'What one costs. Where the treasury delivers: the raw price with the markup. Where Stripe does: its price, fees aside, rounded half up to six decimals.',
      '0.9985',
    ),
    ...tick,
    settlement: z
      .object({
        base: z.literal('USDC'),
        amount: amount('How much USDC Stripe delivers to the treasury.', '24.93'),
        raw: amount('What the treasury takes one for: the market’s price.', '0.9999'),
        ...tick,
      })
      .nullable()
      .meta({
        description:
          'The USDC that the purchase is settled in, where the treasury delivers: amount × raw, divided by the price above, less the delivery fee, rounded down to the asset’s smallest unit, is what arrives. Null where Stripe delivers.',
      }),
  })
  .meta({ id: 'QuoteRate', description: 'The market’s price that a quote stands on, and what became of it.' })
export type QuoteRate = z.infer<typeof QuoteRate>

export const Quote = z
  .object({
    id: z
      .string()
      .meta({ description: 'Send it as quoteId to buy at this price.', example: 'quote_eyJzb3VyY2VBb….1Xv9' }),
    sourceAmount: amount('What the card converts, before fees.', '25.00'),
    sourceCurrency: z.enum(currencyCodes),
    fees: z.array(Fee).meta({ description: 'Every fee, each on a line of its own.' }),
    totalAmount: amount('What the card pays: the source amount and every fee in its currency.', '25.73'),
    destinationAmount: amount('What arrives in the wallet.', '24.80535'),
    asset,
    network,
    chain,
    rate: QuoteRate.optional().meta({
      description: 'The prices it stands on. Purchases from before prices were read have none: theirs are one for one.',
    }),
    expiresAt: instant('Until then the price holds: a minute.'),
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
  'settled_by_hand',
  'unknown',
  'needs_attention',
] as const
export type SessionStatus = (typeof sessionStatuses)[number]

const status = z.enum(sessionStatuses).meta({
  id: 'SessionStatus',
  description:
    'created, awaiting_payment: nobody has paid. processing: Stripe has the payment. funded: USDC is on its way. delivering: the last transfer runs. delivered, expired, rejected and settled_by_hand (a person settled what was not delivered as agreed) are final. unknown and needs_attention are held until it is clear where the money is.',
})
const address = (description: string) =>
  z.string().meta({ description, example: '0x90F79bf6EB2c4f870365E785982E1f101E93b906' })

export const Transfer = z
  .object({
    kind: z.enum(['stripe_payout', 'treasury_delivery']).meta({ description: 'Who sends: Stripe, or our treasury.' }),
    network,
    hash: z.string().nullable().meta({ description: 'The transaction; null until there is one.' }),
    from: z.string().nullable(),
    to: z.string(),
    asset,
    amount: amount('What the transfer’s log says; null until it was read.', '24.80535').nullable(),
    status: z.enum(['prepared', 'signed', 'broadcast', 'included', 'confirmed', 'failed']),
    confirmations: z.number().int().meta({ description: 'Blocks on top of it, its own included.' }),
    required: z.number().int().meta({ description: 'How many of them make it final here.' }),
    explorerUrl: z.string().nullable(),
    createdAt: instant('When it was prepared.'),
  })
  .meta({ id: 'Transfer' })
export type Transfer = z.infer<typeof Transfer>

export const SessionEvent = z
  .object({
    from: status.nullable().meta({ description: 'Null for the first.' }),
    to: status,
    at: instant('When it happened.'),
    actor: z.string().meta({ description: 'What moved it, such as worker; never who.', example: 'worker' }),
  })
  .meta({ id: 'SessionEvent' })

export const OnrampSession = z
  .object({
    id: z.uuid(),
    status,
    walletAddress: address('Where the money goes. It never changes.'),
    asset,
    network,
    chain,
    delivery: z.enum(['stripe', 'treasury']).meta({ description: 'Who sends the last transfer.' }),
    quote: Quote,
    deliveredAmount: amount('What arrived, read on chain; null until then.', '24.80535').nullable(),
    transfers: z.array(Transfer).meta({ description: 'Every transfer on the way, oldest first.' }),
    events: z.array(SessionEvent).meta({ description: 'Every change of the status, oldest first.' }),
    attention: z
      .object({
        code: z.string().meta({ description: 'Stable; see docs/error-codes.md.', example: 'treasury_short' }),
        detail: z.string(),
      })
      .nullable()
      .meta({ description: 'What a session in needs_attention waits for.' }),
    paidAfterExpiry: z.boolean().meta({ description: 'The card paid after the session had ended; people settle it.' }),
    paidAfterExpirySettled: z.boolean().meta({ description: 'People have settled it, by hand.' }),
    checkoutUrl: z.string().nullable().meta({ description: 'Where to pay; null once there is nothing to pay.' }),
    receiptUrl: z.string().nullable().meta({ description: 'The receipt’s page; null until delivered.' }),
    createdAt: instant('When it began.'),
    expiresAt: instant('When it can no longer be paid: 24 hours after it began.'),
    deliveredAt: instant('When the last transfer was confirmed; null until then.').nullable(),
  })
  .meta({ id: 'OnrampSession' })
export type OnrampSession = z.infer<typeof OnrampSession>

export const CreatedSession = z
  .object({
    id: z.uuid(),
    secret: z.string().meta({
      description: 'Shows this session to whoever holds it. Keep it; it is not shown again.',
      example: 'b1Zk0XgQ2n7yXv3m8dP4sT6wA9cE5fH1jK2lM3nO4pQ',
    }),
    status,
    quote: Quote,
    checkoutUrl: z.string().meta({ description: 'Stripe’s page: send the buyer there to pay.' }),
    clientSecret: z.string().nullable().meta({ description: 'For Stripe’s embedded checkout, in place of its page.' }),
    statusUrl: z.string().meta({ description: 'Our page that follows the payment, with the secret after its #.' }),
    expiresAt: instant('When it can no longer be paid.'),
  })
  .meta({ id: 'CreatedOnrampSession' })
export type CreatedSession = z.infer<typeof CreatedSession>
