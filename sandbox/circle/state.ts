import { join } from 'node:path'
import type { Address, Hash, Hex } from 'viem'

import { type Collection, openStore, type Store } from '#sandbox/http/store.ts'

export type WalletSet = { id: string; custodyType: 'DEVELOPER'; name: string; createDate: string; updateDate: string }

export type Wallet = {
  id: string
  address: Address
  blockchain: string
  accountType: 'EOA'
  state: 'LIVE'
  custodyType: 'DEVELOPER'
  walletSetId: string
  name?: string
  refId?: string
  createDate: string
  updateDate: string
}

export type TransactionState =
  | 'INITIATED'
  | 'QUEUED'
  | 'SENT'
  | 'CONFIRMED'
  | 'COMPLETE'
  | 'STUCK'
  | 'DENIED'
  | 'FAILED'

export type Transaction = {
  id: string
  blockchain: string
  walletId: string
  sourceAddress: Address
  destinationAddress: Address
  tokenId: string
  contractAddress?: Address
  amounts: string[]
  nfts: null
  refId?: string
  feeLevel?: string
  state: TransactionState
  errorReason?: string
  errorDetails?: string
  transactionType: 'OUTBOUND' | 'INBOUND'
  custodyType: 'DEVELOPER'
  operation: 'TRANSFER'
  txHash?: Hash
  blockHeight?: number
  blockHash?: Hash
  networkFee?: string
  firstConfirmDate?: string
  createDate: string
  updateDate: string
}

export type Notification = { id: string; type: string; objectId: string; body: string }

export type State = {
  store: Store
  sets: Collection<WalletSet>
  wallets: Collection<Wallet>
  /** By address: wallets of one key on several chains share it. */
  keys: Collection<Hex>
  transactions: Collection<Transaction>
  answers: Collection<{ fingerprint: string; body: unknown }>
  ciphertexts: Collection<true>
  entityKeys: Collection<{ publicKey: string; privateKey: string }>
  notifications: Collection<Notification>
  settings: Collection<{ url: string | null }>
  /** How far the chain was looked through for tokens that came in. */
  seen: Collection<{ block: number }>
}

/** Opens what this stand-in remembers, the wallets' keys among it: it is the custodian here. */
export function openState(dir: string): State {
  const store = openStore(join(dir, 'circle.jsonl'))
  return {
    store,
    sets: store.collection('wallet_sets'),
    wallets: store.collection('wallets'),
    keys: store.collection('wallet_keys'),
    transactions: store.collection('transactions'),
    answers: store.collection('idempotent_answers'),
    ciphertexts: store.collection('ciphertexts'),
    entityKeys: store.collection('entity_keys'),
    notifications: store.collection('notifications'),
    settings: store.collection('settings'),
    seen: store.collection('seen'),
  }
}
