import type { Address } from 'viem'
import { z } from 'zod'
import { assetNames, networkNames } from '#lib/money/assets.ts'
import { InvalidAddress, parseAddress } from '#lib/rails/chain/address.ts'

const units = (description: string, example: string) => z.string().meta({ description, example })

export const network = z
  .enum(networkNames, { error: `is one of ${networkNames.join(', ')}` })
  .meta({ description: 'The chain.', example: 'base' })

export const Balance = z
  .object({
    asset: z.enum(assetNames),
    balance: units('What the wallet holds, as far as it was read on chain.', '50.00'),
    held: units('What it has promised to payments that are not made yet.', '10.00'),
    available: units('What it can still promise.', '40.00'),
  })
  .meta({ id: 'Balance' })
export type Balance = z.infer<typeof Balance>

export const Wallet = z
  .object({
    id: z.uuid(),
    kind: z
      .enum(['circle', 'external'])
      .meta({ description: 'circle is an agent’s, which Circle signs for; external is your own, which you sign for.' }),
    agentId: z.uuid().nullable(),
    network,
    chain: z.string().meta({ description: 'The same chain by its CAIP-2 name.', example: 'eip155:8453' }),
    address: z
      .string()
      .nullable()
      .meta({ description: 'Null while it is being made.', example: '0x90F79bf6EB2c4f870365E785982E1f101E93b906' }),
    explorerUrl: z.string().nullable().meta({ description: 'The address at an explorer of its chain.' }),
    balances: z
      .array(Balance)
      .meta({ description: 'Each asset of its chain. Empty for a wallet of your own, whose money is yours to count.' }),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'Wallet' })
export type Wallet = z.infer<typeof Wallet>

/** Reads an address in a schema's transform, or says exactly what is wrong with it. */
export function readAddress(text: string, context: z.RefinementCtx): Address {
  try {
    return parseAddress(text)
  } catch (error) {
    if (!(error instanceof InvalidAddress)) throw error
    context.addIssue({ code: 'custom', message: error.message, params: { code: 'invalid_address' } })
    return z.NEVER
  }
}

/** The address of a wallet: whole, with its checksum, and of no token. */
export const walletAddress = z.string('is the address of a wallet').transform(readAddress).meta({
  description: '0x and 40 hexadecimal digits, whose capital letters match their checksum.',
  example: '0x90F79bf6EB2c4f870365E785982E1f101E93b906',
})

/** POST /wallets */
export const ExternalWalletInput = z.strictObject({ network, address: walletAddress })
export type ExternalWalletInput = z.input<typeof ExternalWalletInput>
