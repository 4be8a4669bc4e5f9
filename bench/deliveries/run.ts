import { type Address, numberToHex } from 'viem'
import { privateKeyToAddress } from 'viem/accounts'
import { type Chain, startChain } from '#bench/deliveries/chain.ts'
import { deliverQueued } from '#bench/deliveries/queued-deliveries.ts'
import { sendRaw } from '#bench/deliveries/raw-sends.ts'
import { compare, type Result } from '#bench/result.ts'
import type { World } from '#bench/world.ts'
import { networks } from '#lib/rails/chain/networks.ts'
import { musd as amount } from '#supabase/tests/support/purchase.ts'

const count = 200
const buyers = Array.from({ length: count }, (_, index) => privateKeyToAddress(numberToHex(index + 1, { size: 32 })))

/** Far faster than any chain we deliver on, so that as little as possible of what is measured is waiting for blocks. */
const blockMs = 50

type Rhythm = {
  name: string
  /** Blocks come every so often; without it, at once for each transaction, and one a second besides, for confirmations. */
  blockMs?: number
  /** What a raw send waits for before the next. Ours always waits for all that the network asks for. */
  rawConfirmations: number
  explanation?: string
}

const rhythms: Rhythm[] = [
  {
    name: `a block every ${blockMs} ms, ${networks['mezo-testnet'].confirmations} confirmations each`,
    blockMs,
    rawConfirmations: networks['mezo-testnet'].confirmations,
  },
  {
    name: 'a block at once, raw sends wait for 1 confirmation',
    rawConfirmations: 1,
    explanation:
      'No chain is like this: nothing is waited for, so what is left is work, and of that a raw send has almost none (docs/performance.md).',
  },
]

/** Two hundred deliveries of the real worker, against as many raw transfers one at a time, on the same node. */
export async function run(world: World): Promise<Result[]> {
  const results: Result[] = []
  for (const [index, rhythm] of rhythms.entries()) {
    const chain = await startChain()
    const beat = await begin(chain, rhythm)
    try {
      const [byHand, treasury] = [await chain.treasury(), await chain.treasury()]
      const { rpcUrl } = chain
      const raw = { rpcUrl, privateKey: byHand.privateKey, buyers, amount, confirmations: rhythm.rawConfirmations }
      const rawMs = await sendRaw(raw)
      const database = await world.database(`deliveries_${index}`)
      const oursMs = await deliverQueued({ world, database, rpcUrl, privateKey: treasury.privateKey, buyers })
      await expectOnceEach(chain, byHand.address)
      await expectOnceEach(chain, treasury.address)
      results.push(
        compare({
          name: `${count} deliveries by 8 jobs, against raw sends one at a time: ${rhythm.name}`,
          ours: perSecond(oursMs),
          peer: perSecond(rawMs),
          unit: 'deliveries/s',
          better: 'more',
          aim: 1,
          ...(rhythm.explanation === undefined ? {} : { explanation: rhythm.explanation }),
        }),
      )
    } finally {
      clearInterval(beat)
      await chain.stop()
    }
  }
  return results
}

/** Sets the node's rhythm. The node itself knows no interval below a second. */
async function begin({ node }: Chain, { blockMs: interval }: Rhythm): Promise<NodeJS.Timeout> {
  if (interval !== undefined) await node.setAutomine(false)
  const mine = (): void => void node.mine({ blocks: 1 }).catch(() => {})
  return setInterval(mine, interval ?? 1000)
}

const perSecond = (ms: number): number => (count * 1000) / ms

/** None lost, none double, none of another amount: as the chain has it. */
async function expectOnceEach(chain: Chain, from: Address): Promise<void> {
  const paid = await chain.paidBy(from)
  const wrong = buyers.filter((buyer) => {
    const amounts = paid.get(buyer.toLowerCase()) ?? []
    return amounts.length !== 1 || amounts[0] !== amount
  })
  if (wrong.length > 0 || paid.size !== count)
    throw new Error(`${wrong.length} of ${count} buyers were not paid exactly once, and ${paid.size} were paid.`)
}
