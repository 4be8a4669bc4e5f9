import { type Address, type Hex, parseAbiItem, parseGwei } from 'viem'
import { generatePrivateKey, privateKeyToAddress } from 'viem/accounts'
import { expect, vi } from 'vitest'
import { as } from '#lib/db/as.ts'
import { log } from '#lib/log.ts'
import { deliverOnrampSession } from '#lib/onramp/tasks/deliver.ts'
import { transferData } from '#lib/rails/chain/read-signed.ts'
import { localSigner, type Signer } from '#lib/rails/chain/signer.ts'
import { requireToken } from '#lib/rails/chain/tokens.ts'
import { sendTransfer } from '#lib/transfers/tasks/send.ts'
import { watchTransfer } from '#lib/transfers/tasks/watch.ts'
import { startTestChain, type TestChain } from '#sandbox/chain/test-chain.ts'
import { musd as amount, fund, read, type Session, transferOf } from '#supabase/tests/support/purchase.ts'

// A treasury on a real node, whose blocks come when the test mines them, and what can befall its transactions there.

const network = 'mezo-testnet'
const musd = requireToken('MUSD', network).address
const transferEvent = parseAbiItem('event Transfer(address indexed from, address indexed to, uint256 value)')

export type TreasuryChain = TestChain & {
  signer: Signer
  /** A purchase that is paid, and whose delivery is prepared. */
  prepared: () => Promise<Delivery>
  mine: (blocks: number) => Promise<void>
  setBaseFee: (gwei: string) => Promise<void>
  /** Takes the newest blocks back, with all that is in them. */
  reorganise: (depth: number) => Promise<void>
  /** A transaction of the treasury's key that our tables know nothing of: MUSD for itself, or for somebody else. */
  byHand: (nonce: number, pays?: { to: Address; amount: bigint }) => Promise<Hex>
  /** Every amount of MUSD that an address was ever paid. */
  paid: (to: Address) => Promise<bigint[]>
  /** The proxy loses every broadcast, after or before the node hears it. */
  loseBroadcasts: () => void
  /** Every transaction that was offered to the node through the proxy, in order. */
  offered: Hex[]
}

export type Delivery = { session: Session; buyer: Address; id: string; nonce: number }

/** Starts the chain and configures this process's treasury on it. Call it before anything reads the configuration. */
export async function startTreasuryChain(): Promise<TreasuryChain> {
  const chain = await startTestChain()
  const { privateKey } = await chain.fundedAccount()
  Object.assign(process.env, { TREASURY_NETWORK: network, TREASURY_PRIVATE_KEY: privateKey })
  const { node, proxy } = chain
  const signer = localSigner(privateKey)
  const offered: Hex[] = []
  const hear = (verdict: 'pass' | 'lose'): void =>
    proxy.intercept(async (request, forward) => {
      if (request.method !== 'eth_sendRawTransaction') return await forward()
      offered.push(String(request.params[0]) as Hex)
      return verdict === 'pass' ? await forward() : undefined
    })
  hear('pass')
  // Cast: viem has no action for it.
  const request = node.request as unknown as (call: { method: string; params: unknown[] }) => Promise<unknown>

  return {
    ...chain,
    proxy: { ...proxy, passThrough: () => hear('pass') },
    signer,
    offered,
    loseBroadcasts: () => hear('lose'),
    mine: (blocks) => node.mine({ blocks }),
    setBaseFee: async (gwei) => {
      await node.setNextBlockBaseFeePerGas({ baseFeePerGas: parseGwei(gwei) })
      await node.mine({ blocks: 1 })
    },
    reorganise: async (depth) => void (await request({ method: 'anvil_reorg', params: [depth, []] })),
    byHand: async (nonce, { to, amount: paid } = { to: signer.address, amount: 1n }) => {
      const fees = { maxFeePerGas: parseGwei('90'), maxPriorityFeePerGas: parseGwei('2') }
      const call = { chainId: 31611, to: musd, data: transferData(to, paid), nonce, gas: 100_000n }
      const raw = await signer.signTransaction({ type: 'eip1559', ...call, ...fees })
      return await node.sendRawTransaction({ serializedTransaction: raw })
    },
    paid: async (to) => {
      const logs = await node.getLogs({ address: musd, event: transferEvent, args: { to }, fromBlock: 0n })
      return logs.map(({ args }) => args.value ?? 0n)
    },
    prepared: async () => {
      const buyer = privateKeyToAddress(generatePrivateKey())
      const session = await fund({ to: buyer })
      await beginDelivery({ session })
      const { id, nonce } = await transferOf(session, 'treasury_delivery')
      return { session, buyer, id, nonce: Number(nonce) }
    },
  }
}

/** What the job does that begins a session's delivery. */
export async function beginDelivery({ session }: Pick<Delivery, 'session'>): Promise<void> {
  await deliverOnrampSession({ sessionId: session.id })
}

/** Sends what is left to send: the chain has the delivery, deep enough, it was paid once, and there is one receipt. */
export async function expectArrival(chain: TreasuryChain, { session, buyer }: Delivery): Promise<void> {
  const { id } = await transferOf(session, 'treasury_delivery')
  await sendTransfer({ transferId: id })
  await chain.mine(3)
  await watchTransfer({ transferId: id })
  expect(await read(session)).toMatchObject({ status: 'delivered', delivered_amount: String(amount) })
  expect(await chain.paid(buyer)).toEqual([amount])
  const receipts = await as({ role: 'worker' })(
    (sql) => sql`select from public.receipts where session_id = ${session.id}`,
  )
  expect(receipts).toHaveLength(1)
}

/** What is out of the order is worth a word in the log; here it is expected. Call what it returns once it was said. */
export function expectWarning(part: RegExp): () => void {
  const warnings = vi.spyOn(log, 'warn').mockImplementation(() => {})
  return () => {
    expect(warnings).toHaveBeenCalledWith(expect.stringMatching(part), expect.anything())
    warnings.mockRestore()
  }
}
