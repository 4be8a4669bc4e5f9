import { type Address, createPublicClient, erc20Abi, formatUnits, http, isAddressEqual } from 'viem'

import { refusal } from '#sandbox/circle/errors.ts'
import { fixedId, nowText } from '#sandbox/circle/ids.ts'

/** All of these are the one local chain here; a TEST key has no mainnets. */
export const blockchains = [
  'ETH-SEPOLIA',
  'BASE-SEPOLIA',
  'ARC-TESTNET',
  'ARB-SEPOLIA',
  'OP-SEPOLIA',
  'MATIC-AMOY',
  'AVAX-FUJI',
  'UNI-SEPOLIA',
  'MONAD-TESTNET',
  'EVM-TESTNET',
] as const

const mainnets = ['ETH', 'BASE', 'ARC', 'ARB', 'OP', 'MATIC', 'AVAX', 'UNI', 'MONAD', 'EVM', 'SOL', 'NEAR', 'APTOS']

/** Refuses a network that this key or this stand-in does not have, in Circle's words. */
export function checkBlockchain(name: string): string {
  if (mainnets.includes(name)) throw refusal(400, 156006)
  if (!blockchains.some((known) => known === name)) throw refusal(400, 156027)
  return name
}

export type Token = {
  id: string
  name: string
  symbol: string
  standard?: 'ERC20'
  blockchain: string
  decimals: number
  isNative: boolean
  tokenAddress?: Address
  createDate: string
  updateDate: string
}

export type Tokens = {
  /** The native coin and every token, on one network. */
  on: (blockchain: string) => Promise<Token[]>
  find: (id: string) => Promise<Token>
  findByAddress: (blockchain: string, address: string) => Promise<Token>
  /** In the token's own unit. */
  balance: (token: Token, owner: Address) => Promise<bigint>
}

/** The tokens that the local chain has, as Circle would list them. Names and decimals are read from the contracts. */
export function createTokens(rpcUrl: string, addresses: Address[]): Tokens {
  const client = createPublicClient({ transport: http(rpcUrl, { timeout: 10_000, retryCount: 0 }), cacheTime: 0 })
  const since = nowText()
  const dates = { createDate: since, updateDate: since }
  const known = new Map<Address, Promise<{ name: string; symbol: string; decimals: number }>>()

  const describe = async (address: Address) => {
    const read = <Name extends 'name' | 'symbol' | 'decimals'>(functionName: Name) =>
      client.readContract({ address, abi: erc20Abi, functionName })
    const [name, symbol, decimals] = await Promise.all([read('name'), read('symbol'), read('decimals')])
    return { name: String(name), symbol: String(symbol), decimals: Number(decimals) }
  }
  const described = (address: Address) => {
    const pending = known.get(address) ?? describe(address)
    known.set(address, pending)
    pending.catch(() => known.delete(address))
    return pending
  }

  const on = async (blockchain: string): Promise<Token[]> => [
    {
      id: fixedId(`${blockchain}/native`),
      name: blockchain,
      symbol: blockchain,
      blockchain,
      decimals: 18,
      isNative: true,
      ...dates,
    },
    ...(await Promise.all(
      addresses.map(async (tokenAddress) => ({
        id: fixedId(`${blockchain}/${tokenAddress.toLowerCase()}`),
        ...(await described(tokenAddress)),
        standard: 'ERC20' as const,
        blockchain,
        isNative: false,
        tokenAddress,
        ...dates,
      })),
    )),
  ]

  const first = (tokens: Token[], matches: (token: Token) => boolean) => {
    const token = tokens.find(matches)
    if (!token) throw refusal(404, 156002)
    return token
  }
  return {
    on,
    find: async (id) => first((await Promise.all(blockchains.map(on))).flat(), (token) => token.id === id),
    findByAddress: async (blockchain, address) =>
      first(await on(blockchain), ({ tokenAddress, isNative }) =>
        address === '' ? isNative : tokenAddress !== undefined && isAddressEqual(tokenAddress, address as Address),
      ),
    balance: ({ tokenAddress }, owner) =>
      tokenAddress === undefined
        ? client.getBalance({ address: owner })
        : client.readContract({ address: tokenAddress, abi: erc20Abi, functionName: 'balanceOf', args: [owner] }),
  }
}

export const amountText = (token: Token, units: bigint) => formatUnits(units, token.decimals)
