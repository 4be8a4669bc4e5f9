import { z } from 'zod'
import { scopes } from '#lib/auth/scopes.ts'
import { line } from '#lib/http/line.ts'
import { InvalidAmount, parseAmount } from '#lib/money/amount.ts'

const scope = z.enum(scopes, { error: `is one of ${scopes.join(', ')}` })

/** The most that a limit can say is what the database reads as one: twelve digits of dollars. */
const MAX_DOLLARS_LENGTH = '999999999999.000000'.length

/** Dollars with up to six decimals, above nothing. */
const paymentLimit = z
  .string('is a number of dollars in a text, such as "25.00"')
  .max(MAX_DOLLARS_LENGTH, 'is at most a trillion')
  .superRefine((text, context) => {
    try {
      if (parseAmount(text, 6) > 0n) return
      context.addIssue({ code: 'custom', message: 'A limit is more than nothing.', params: { code: 'invalid_amount' } })
    } catch (error) {
      if (!(error instanceof InvalidAmount)) throw error
      context.addIssue({ code: 'custom', message: error.message, params: { code: 'invalid_amount' } })
    }
  })

export const ApiKey = z
  .object({
    id: z.uuid(),
    agentId: z.uuid(),
    name: z.string().meta({ example: 'Shopping assistant' }),
    prefix: z.string().meta({ description: 'How the key begins, to tell it from others.', example: 'cw_b1Zk0X' }),
    scopes: z.array(scope).meta({ description: 'What it may do, and nothing else.' }),
    paymentLimit: z.string().nullable().meta({
      description: 'The most dollars that one payment by it may be; null for no such limit.',
      example: '25.00',
    }),
    createdAt: z.iso.datetime(),
    expiresAt: z.iso.datetime().nullable().meta({ description: 'It ends then; null for never.' }),
    lastUsedAt: z.iso.datetime().nullable().meta({ description: 'When it was last used, to the minute.' }),
    revokedAt: z.iso.datetime().nullable().meta({ description: 'Since when it is no key any more.' }),
  })
  .meta({ id: 'ApiKey' })
export type ApiKey = z.infer<typeof ApiKey>

export const CreatedApiKey = ApiKey.extend({
  key: z.string().nullable().meta({
    description: 'The key itself. Keep it: it is shown once and stored nowhere, so a repeat of the request has null.',
    example: 'cw_b1Zk0XgQ2n7yXv3m8dP4sT6wA9cE5fH1jK2lM3nO4pQ',
  }),
}).meta({ id: 'CreatedApiKey' })
export type CreatedApiKey = z.infer<typeof CreatedApiKey>

/** POST /agents/:id/api-keys */
export const CreateApiKeyInput = z.strictObject({
  name: line(60).meta({
    description: 'What you call it.',
    example: 'Shopping assistant',
    override: { type: 'string', minLength: 1, maxLength: 60 },
  }),
  scopes: z
    .array(scope)
    .min(1, 'has one scope at least')
    .max(scopes.length)
    .transform((given) => scopes.filter((each) => given.includes(each)))
    .meta({ description: 'What it may do.', override: { type: 'array', minItems: 1, items: { enum: [...scopes] } } }),
  paymentLimit: paymentLimit
    .nullish()
    .meta({ description: 'The most dollars that one payment by it may be.', example: '25.00' }),
  expiresAt: z.iso
    .datetime({ offset: true, error: 'is a time, such as 2027-01-01T00:00:00Z' })
    .nullish()
    .meta({ description: 'When it ends.' }),
})
export type CreateApiKeyInput = z.input<typeof CreateApiKeyInput>
