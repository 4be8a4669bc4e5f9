import type { Address, Hex } from 'viem'
import { type Environment, env } from '#lib/env.ts'
import { type TreasuryTerms, treasuryTerms } from '#lib/onramp/treasury-terms.ts'
import { kmsSigner } from '#lib/rails/chain/kms-signer.ts'
import { localSigner, type Signer } from '#lib/rails/chain/signer.ts'

export type Treasury = TreasuryTerms & { address: Address; signer: Signer }

let opened: Promise<Signer> | undefined

/** The treasury and who signs for it, where nothing can go on without. A key in a vault is asked for once in a process. */
export async function requireTreasury(): Promise<Treasury> {
  const configured = treasuryTerms()
  if (!configured) throw new Error('No treasury is configured: set TREASURY_NETWORK and its key.')
  opened ??= signerOf(env())
  try {
    const signer = await opened
    return { ...configured, address: signer.address, signer }
  } catch (error) {
    // A vault that did not answer may answer the next time.
    opened = undefined
    throw error
  }
}

async function signerOf({ TREASURY_PRIVATE_KEY, TREASURY_KMS_KEY_ID, AWS_REGION }: Environment): Promise<Signer> {
  // Cast: the variable's form was checked, and is exactly that of a key.
  if (TREASURY_PRIVATE_KEY) return localSigner(TREASURY_PRIVATE_KEY as Hex)
  if (TREASURY_KMS_KEY_ID) return await kmsSigner({ keyId: TREASURY_KMS_KEY_ID, region: AWS_REGION })
  throw new Error('The treasury has no key: set TREASURY_PRIVATE_KEY or TREASURY_KMS_KEY_ID.')
}
