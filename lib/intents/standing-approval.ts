import { getAddress } from 'viem'
import { z } from 'zod'
import { assetNames, networkNames } from '#lib/money/assets.ts'

export const StandingApproval = z
  .object({
    id: z.uuid(),
    intentId: z.uuid().meta({ description: 'The payment with which it was given.' }),
    walletId: z.uuid().meta({ description: 'The wallet that it lets pay.' }),
    agentId: z.uuid().nullable(),
    network: z.enum(networkNames),
    asset: z.enum(assetNames),
    amountLimit: z.string().meta({ description: 'The most that each payment may be.', example: '10.00' }),
    recipientAddress: z.string().meta({ example: '0x90F79bf6EB2c4f870365E785982E1f101E93b906' }),
    usesLeft: z.number().int().meta({ description: 'How many payments it still lets through.' }),
    grantedAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
  })
  .meta({ id: 'StandingApproval' })
export type StandingApproval = z.infer<typeof StandingApproval>

type Stored = Omit<StandingApproval, 'recipientAddress' | 'grantedAt' | 'expiresAt'> & {
  recipientAddress: string
  grantedAt: string
  expiresAt: string
}

/** A standing approval of the database as the API shows it. */
export function toStandingApproval(stored: Stored): StandingApproval {
  return {
    ...stored,
    recipientAddress: getAddress(stored.recipientAddress),
    grantedAt: new Date(stored.grantedAt).toISOString(),
    expiresAt: new Date(stored.expiresAt).toISOString(),
  }
}
