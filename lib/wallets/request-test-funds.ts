import { getAddress } from 'viem'
import type { Actor } from '#lib/auth/actor.ts'
import { requirePerson } from '#lib/auth/require-person.ts'
import { Problem } from '#lib/http/problem.ts'
import { limitRate } from '#lib/http/rate-limit/limit-rate.ts'
import { networks } from '#lib/rails/chain/networks.ts'
import { requestTestUsdc } from '#lib/rails/circle/faucet.ts'
import { getWallet } from '#lib/wallets/get.ts'

/**
 * A person asks Circle's faucet for test USDC into a wallet of one of their agents. It gives only where nothing is worth
 * anything, and nothing of theirs moves. The balance follows from the chain, as with any money that comes in.
 */
export async function requestTestFunds(actor: Actor, walletId: string): Promise<void> {
  const person = requirePerson(actor)
  const { kind, network, address } = await getWallet(person, walletId)
  if (kind !== 'circle' || address === null || !networks[network].testnet) {
    throw new Problem(
      422,
      'no_test_funds',
      'There is no test money for this wallet',
      'Test USDC goes to wallets of agents on test networks, once they have an address.',
    )
  }
  await limitRate('testFunds', person.userId)
  try {
    await requestTestUsdc({ network, address: getAddress(address) })
  } catch (cause) {
    throw new Problem(
      503,
      'faucet_unavailable',
      'Circle’s faucet gave nothing',
      'It limits how often it gives, and not every Circle account may ask it. Try later, or send to the address from https://faucet.circle.com.',
      { cause },
    )
  }
}
