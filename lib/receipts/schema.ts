import { z } from 'zod'
import { assetNames, networkNames } from '#lib/money/assets.ts'
import { Fee, Quote, Transfer } from '#lib/onramp/schema.ts'

export const Receipt = z
  .object({
    id: z.uuid(),
    number: z.string().meta({ description: 'Consecutive within a year.', example: 'CW-2026-000042' }),
    sessionId: z.uuid(),
    issuedAt: z.iso.datetime().meta({ description: 'When the delivery was confirmed.' }),
    walletAddress: z.string().meta({ example: '0x90F79bf6EB2c4f870365E785982E1f101E93b906' }),
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
    verification: z
      .object({
        verified: z
          .boolean()
          .meta({ description: 'The transfer’s log was just read on chain, and is as it should be.' }),
        method: z.string().meta({ description: 'What was read to know.' }),
        blockNumber: z.string().nullable(),
        confirmations: z.number().int(),
        checkedAt: z.iso.datetime(),
      })
      .meta({ description: 'Checked anew by each request.' }),
  })
  .meta({ id: 'Receipt' })
export type Receipt = z.infer<typeof Receipt>
