import { randomUUID } from 'node:crypto'
import { type Address, encodeFunctionData, erc20Abi, getAddress, type Hex, isAddress, parseUnits } from 'viem'
import { z } from 'zod'

import { refusal } from '#sandbox/circle/errors.ts'
import type { State } from '#sandbox/circle/state.ts'
import { checkBlockchain } from '#sandbox/circle/tokens.ts'
import { createSender } from '#sandbox/onchain/sender.ts'

const Drip = z.object({ address: z.string(), blockchain: z.string(), usdc: z.boolean().default(false) })

/** Circle's testnet faucet: 20 USDC, really sent from the account that holds the sandbox's. */
export function createFaucet(options: { state: State; rpcUrl: string; usdc: Address; fundingKey: Hex }) {
  const sender = createSender({ rpcUrl: options.rpcUrl, privateKey: options.fundingKey, store: options.state.store })
  return async (json: unknown, signal: AbortSignal): Promise<void> => {
    const input = Drip.safeParse(json)
    if (!input.success || !isAddress(input.data.address)) throw refusal(400, 2)
    checkBlockchain(input.data.blockchain)
    if (!input.data.usdc) return
    const data = encodeFunctionData({
      abi: erc20Abi,
      functionName: 'transfer',
      args: [getAddress(input.data.address), parseUnits('20', 6)],
    })
    await sender.send({ id: randomUUID(), to: options.usdc, data }, { signal })
  }
}
