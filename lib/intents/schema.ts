import { z } from 'zod'
import { line } from '#lib/http/line.ts'
import { InvalidAmount, parseAmount } from '#lib/money/amount.ts'
import { type Asset, assetNames, networkNames } from '#lib/money/assets.ts'
import { tokens } from '#lib/rails/chain/tokens.ts'
import { readAddress } from '#lib/wallets/schema.ts'

const asset = z
  .enum(assetNames, { error: `is one of ${assetNames.join(', ')}` })
  .meta({ description: 'The stablecoin.', example: 'USDC' })
const network = z
  .enum(networkNames, { error: `is one of ${networkNames.join(', ')}` })
  .meta({ description: 'The chain.', example: 'base' })
const instant = (description: string) => z.iso.datetime().meta({ description })
const amount = z
  .string('is a decimal number in a text, such as "10.00"')
  .meta({ description: 'A decimal number in a text.', example: '10.00' })
const address = z.string().meta({ example: '0x90F79bf6EB2c4f870365E785982E1f101E93b906' })

/** An address is read whole; what is none is left for the database, which knows the contacts and handles. */
const recipient = line(100)
  .transform((text, context) => (/^0x/i.test(text) ? readAddress(text, context) : text))
  .meta({
    description: 'Whom to pay: an address, the name of a saved contact, or another person’s handle, such as @ada.',
    example: 'Merchant',
    override: { type: 'string', minLength: 1, maxLength: 100 },
  })

/** Decimals of an asset, which it has on every network. */
export function decimalsOf(name: Asset): number {
  const token = tokens.find(({ asset }) => asset === name)
  if (!token) throw new Error(`${name} is no token of ours`)
  return token.decimals
}

const payment = {
  walletId: z.uuid('is the id of a wallet').meta({ description: 'The wallet that pays.' }),
  recipient,
  amount,
  asset,
  network: network.optional().meta({
    description:
      'Where the payment is meant to happen. It has to be the wallet’s own network, which it is without this.',
  }),
}

/** Puts the amount in base units beside the text, or says exactly what is wrong with it. */
function withUnits<Input extends { amount: string; asset: Asset }>(
  input: Input,
  context: z.RefinementCtx,
): Input & { units: bigint } {
  const refuse = (message: string): never => {
    context.addIssue({ code: 'custom', path: ['amount'], message, params: { code: 'invalid_amount' } })
    return z.NEVER
  }
  try {
    const units = parseAmount(input.amount, decimalsOf(input.asset))
    return units > 0n ? { ...input, units } : refuse('The amount has to be more than nothing.')
  } catch (error) {
    if (error instanceof InvalidAmount) return refuse(error.message)
    throw error
  }
}

/** POST /intents/simulate */
export const SimulationRequest = z.strictObject(payment).transform(withUnits)
export type SimulationRequest = z.input<typeof SimulationRequest>

/** POST /intents */
export const IntentRequest = z
  .strictObject({
    ...payment,
    purpose: line(280).meta({
      description: 'What it is for, in a line. A person who is asked to approve reads it.',
      example: 'Hosting in November',
      override: { type: 'string', minLength: 1, maxLength: 280 },
    }),
  })
  .transform(withUnits)
export type IntentRequest = z.input<typeof IntentRequest>

export const intentStatuses = [
  'proposed',
  'denied',
  'needs_approval',
  'approved',
  'awaiting_signature',
  'executing',
  'settled',
  'failed',
  'unknown',
  'cancelled',
  'expired',
  'refunded',
] as const
export type IntentStatus = (typeof intentStatuses)[number]
const status = z.enum(intentStatuses).meta({ description: 'lib/intents/README.md says what each means.' })

export const GuardResult = z
  .object({
    scope: z
      .enum(['agent', 'person'])
      .meta({ description: 'Whether it guards this agent, or all wallets of its person.' }),
    guard: z.string().meta({ description: 'The type of the guard.', example: 'budget' }),
    rule: z
      .record(z.string(), z.unknown())
      .optional()
      .meta({ description: 'The guard as it was set.', example: { type: 'budget', period: 'day', limit: '100.00' } }),
    outcome: z
      .enum(['pass', 'wait', 'ask', 'refuse'])
      .meta({ description: 'One refusal denies; one question asks a person; wait delays.' }),
    reason: z.string().meta({ description: 'Why, in a sentence.', example: 'Within the budget of the day.' }),
    limit: z
      .string()
      .nullable()
      .meta({ description: 'What the guard allows, where that is a number.', example: '100.00' }),
    used: z.string().nullable().meta({ description: 'How much of it was used before this payment.', example: '20.00' }),
    remaining: z.string().nullable().meta({ description: 'How much of it was left.', example: '80.00' }),
  })
  .meta({ id: 'GuardResult' })
export type GuardResult = z.infer<typeof GuardResult>

export const Simulation = z
  .object({
    status: z
      .enum(['denied', 'needs_approval', 'approved'])
      .meta({ description: 'What would become of it if it were proposed now.' }),
    recipientAddress: address.meta({ description: 'What the recipient’s name stands for now.' }),
    guardResults: z.array(GuardResult),
  })
  .meta({ id: 'Simulation' })
export type Simulation = z.infer<typeof Simulation>

export const intentHash = z
  .string('is the intentHash of the payment')
  .regex(/^[0-9a-f]{64}$/, 'is the intentHash of the payment')
  .meta({
    description: 'SHA-256 over wallet, network, asset, amount and recipient: what an approval is bound to.',
    example: 'd2d2d0e5c2d3a9f6f6d9e0a36a1f5d0b5a0dd4c0ff2c8d8e6a0c7d9a9f6b1c23',
  })

export const IntentEvent = z
  .object({
    from: status.nullable(),
    to: status,
    at: instant('When it changed.'),
    actor: z.string().meta({ description: 'Who changed it: account, agent or worker.', example: 'agent' }),
  })
  .meta({ id: 'IntentEvent' })

const decision = z.enum(['approve', 'deny'], { error: 'is approve or deny' })

export const Intent = z
  .object({
    id: z.uuid(),
    status,
    walletId: z.uuid(),
    agentId: z.uuid().nullable().meta({ description: 'Null for a payment from a person’s own wallet.' }),
    agentName: z.string().nullable(),
    network,
    chain: z.string().meta({ description: 'The same chain by its CAIP-2 name.', example: 'eip155:8453' }),
    asset,
    amount,
    recipient: z.string().meta({ description: 'The recipient as it was named.', example: 'Merchant' }),
    recipientAddress: address.meta({ description: 'What that stood for, and what is paid. It never changes.' }),
    purpose: z.string(),
    intentHash,
    guardResults: z.array(GuardResult).meta({ description: 'What each guard made of it when it was proposed.' }),
    reason: z.string().nullable().meta({ description: 'Why it ended without being paid; null otherwise.' }),
    approval: z
      .object({ decision, at: instant('When it was decided.') })
      .nullable()
      .meta({ description: 'What a person decided; null where nobody did.' }),
    executeAfter: instant('It does not move before.'),
    expiresAt: instant('What nobody went on with by then ends.'),
    createdAt: instant('When it was proposed.'),
    finalizedAt: instant('When it ended; null until then.').nullable(),
    events: z.array(IntentEvent).meta({ description: 'Every change of the status, oldest first.' }),
  })
  .meta({ id: 'Intent' })
export type Intent = z.infer<typeof Intent>

export const IntentTransfer = z
  .object({
    kind: z.enum(['circle_transfer', 'wallet_transfer', 'refund']).meta({
      description: 'Who sends: Circle for an agent, a person’s own wallet, or the recipient who gives it back.',
    }),
    network,
    hash: z.string().nullable().meta({ description: 'The transaction; null until there is one.' }),
    from: z.string(),
    to: z.string(),
    asset,
    amount,
    status: z
      .enum(['prepared', 'unclear', 'submitted', 'sent', 'stuck', 'broadcast', 'included', 'confirmed', 'failed'])
      .meta({ description: 'confirmed and failed are final. unclear and stuck may still move.' }),
    confirmations: z.number().int().meta({ description: 'Blocks on top of it, its own included.' }),
    required: z.number().int().meta({ description: 'How many of them make it final here.' }),
    explorerUrl: z.string().nullable(),
    createdAt: instant('When it was prepared.'),
  })
  .meta({ id: 'IntentTransfer' })
export type IntentTransfer = z.infer<typeof IntentTransfer>

/** GET /intents/:id */
export const IntentDetail = Intent.extend({
  transfers: z.array(IntentTransfer).meta({ description: 'Every transfer of it, oldest first.' }),
  receiptId: z.uuid().nullable().meta({ description: 'The receipt, once it is settled.' }),
}).meta({ id: 'IntentDetail' })
export type IntentDetail = z.infer<typeof IntentDetail>

/** POST /intents/:id/approval */
export const DecisionInput = z.strictObject({
  decision: decision.meta({ description: 'What you decide.' }),
  intentHash,
  similar: z.boolean('is true or false').default(false).meta({
    description:
      'Approve the like too: ten more from the same wallet to the same address, each of at most this amount, for 24 hours.',
  }),
})
export type DecisionInput = z.input<typeof DecisionInput>

/** POST /intents/batch */
export const BatchInput = z.strictObject({
  intents: z.array(IntentRequest).min(1, 'has one payment at least').max(50, 'has 50 payments at most'),
})
export type BatchInput = z.input<typeof BatchInput>

export const BatchAnswer = z
  .object({
    results: z
      .array(
        z.object({
          intent: Intent.nullable().meta({ description: 'The payment that was proposed; null where it was refused.' }),
          problem: z
            .object({ status: z.number().int(), title: z.string(), detail: z.string(), code: z.string() })
            .nullable()
            .meta({ description: 'Why it was refused; null where it was proposed.' }),
        }),
      )
      .meta({ description: 'What became of each, in the order of the request.' }),
  })
  .meta({ id: 'IntentBatch' })
export type BatchAnswer = z.infer<typeof BatchAnswer>
