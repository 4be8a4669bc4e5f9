import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Address, bytesToHex, type Hex } from 'viem'
import { english, generateMnemonic, mnemonicToAccount } from 'viem/accounts'

const names = ['deployer', 'treasury', 'testWallet', 'stripe', 'circle', 'merchant'] as const

export type ChainAccount = { address: Address; privateKey: Hex }

export type ChainAccounts = Record<(typeof names)[number], ChainAccount>

/**
 * The local world's accounts, all from one phrase that is made at the first start and kept in `dir`. Never the phrase
 * that every test node shares: the same keys on a public chain are emptied by bots.
 */
export function chainAccounts(dir: string): ChainAccounts {
  const phrase = readPhrase(join(dir, 'mnemonic'))
  const entries = names.map((name, index): [string, ChainAccount] => {
    const account = mnemonicToAccount(phrase, { addressIndex: index })
    const { privateKey } = account.getHdKey()
    if (!privateKey) throw new Error('The phrase gives no private key.')
    return [name, { address: account.address, privateKey: bytesToHex(privateKey) }]
  })
  // Cast: there is one entry for each name.
  return Object.fromEntries(entries) as ChainAccounts
}

function readPhrase(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
  }
  const phrase = generateMnemonic(english)
  writeFileSync(file, `${phrase}\n`, { mode: 0o600 })
  return phrase
}
