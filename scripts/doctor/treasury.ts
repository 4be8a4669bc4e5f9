import type { Address, Hex } from 'viem'
import { privateKeyToAddress } from 'viem/accounts'
import type { Environment } from '#lib/env.ts'
import type { Network } from '#lib/money/assets.ts'
import { kmsSigner } from '#lib/rails/chain/kms-signer.ts'

export type DoctorsTreasury = {
  network: Network
  kept: 'here' | 'in KMS'
  /** The vault is asked once. Throws when it does not tell. */
  address: () => Promise<Address>
  /** As `address`, or undefined: for the checks after the one that says what is wrong with the key. */
  knownAddress: () => Promise<Address | undefined>
}

/** The treasury that the configuration names, if it names one. Nothing is signed. */
export function treasuryOf(
  values: Partial<Environment>,
  variables: Record<string, string | undefined>,
): DoctorsTreasury | undefined {
  const { TREASURY_NETWORK: network, TREASURY_PRIVATE_KEY: key, TREASURY_KMS_KEY_ID: keyId, AWS_REGION } = values
  if (!network || (!key && !keyId)) return undefined
  let found: Promise<Address> | undefined
  const open = async (): Promise<Address> => {
    // Cast: the variable's form was checked, and is exactly that of a key.
    if (key) return privateKeyToAddress(key as Hex)
    lendCredentials(variables)
    return (await kmsSigner({ keyId: keyId ?? '', region: AWS_REGION })).address
  }
  const address = () => {
    found ??= open()
    return found
  }
  return { network, kept: key ? 'here' : 'in KMS', address, knownAddress: () => address().catch(() => undefined) }
}

/** The AWS SDK looks for its credentials in this process's environment only; a file may have brought others. */
function lendCredentials(variables: Record<string, string | undefined>): void {
  for (const [name, value] of Object.entries(variables)) {
    if (name.startsWith('AWS_') && value) process.env[name] = value
  }
}
