import { z } from 'zod'
import { assetNames, networkNames } from '#lib/money/assets.ts'
import { Fee, Quote, Transfer } from '#lib/onramp/schema.ts'

export const Receipt = z
  .object({
    id: z.uuid(),
    number: z.string(),
    sessionId: z.uuid(),
    issuedAt: z.iso.datetime(),
    walletAddress: z.string(),
    quote: Quote,
    paidAmount: z.string(),
    paidCurrency: z.string(),
    fees: z.array(Fee),
    deliveredAmount: z.string(),
    asset: z.enum(assetNames),
    network: z.enum(networkNames),
    rate: z.string().meta({
      description: 'What one unit of the asset cost, fees aside, in the currency paid; four decimals, rounded half up.',
    }),
    transfers: z.array(Transfer),
    verification: z.object({
      verified: z.boolean(),
      method: z.string(),
      blockNumber: z.string().nullable(),
      confirmations: z.number().int(),
      checkedAt: z.iso.datetime(),
    }),
  })
  .meta({ id: 'Receipt' })
export type Receipt = z.infer<typeof Receipt>
