import type { Address, Hex, TransactionSerializableEIP1559 } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'

/** Who can sign for an address. The key may be in this process or in a vault; nobody else needs to know. */
export type Signer = {
  address: Address
  /** The signed transaction as it would be broadcast. Signing sends nothing. */
  signTransaction: (transaction: TransactionSerializableEIP1559) => Promise<Hex>
}

/** A signer whose private key is in this process's memory. */
export function localSigner(privateKey: Hex): Signer {
  const account = privateKeyToAccount(privateKey)
  return { address: account.address, signTransaction: (transaction) => account.signTransaction(transaction) }
}
