import { randomUUID } from 'node:crypto'
import { Hono } from 'hono'
import {
  createPublicClient,
  encodeFunctionData,
  erc20Abi,
  formatEther,
  formatGwei,
  getAddress,
  http,
  isAddress,
  parseUnits,
} from 'viem'
import { z } from 'zod'

import type { Entity } from '#sandbox/circle/entity.ts'
import { refusal } from '#sandbox/circle/errors.ts'
import { nowText } from '#sandbox/circle/ids.ts'
import { once } from '#sandbox/circle/once.ts'
import { pageOf } from '#sandbox/circle/page.ts'
import type { State, Transaction, Wallet } from '#sandbox/circle/state.ts'
import { checkBlockchain, type Token, type Tokens } from '#sandbox/circle/tokens.ts'
import type { TransferDesk } from '#sandbox/circle/transfer-desk.ts'
import { findWallet } from '#sandbox/circle/wallets.ts'
import type { NodeEnvironment } from '#sandbox/http/serve.ts'

const Transfer = z.object({
  walletId: z.string().optional(),
  walletAddress: z.string().optional(),
  sourceAddress: z.string().optional(),
  blockchain: z.string().optional(),
  tokenId: z.string().optional(),
  tokenAddress: z.string().optional(),
  amounts: z.array(z.string()).length(1),
  destinationAddress: z.string(),
  feeLevel: z.enum(['LOW', 'MEDIUM', 'HIGH']).optional(),
  refId: z.string().optional(),
})
type Transfer = z.infer<typeof Transfer>

type Prepared = { transfer: Transfer; wallet: Wallet; token: Token; units: bigint }

/** Transfers out of wallets, and what became of them. */
export function createTransactionRoutes(options: {
  state: State
  entity: Entity
  tokens: Tokens
  desk: TransferDesk
  rpcUrl: string
}): Hono<NodeEnvironment> {
  const { state, entity, tokens, desk, rpcUrl } = options
  const client = createPublicClient({ transport: http(rpcUrl, { timeout: 10_000, retryCount: 0 }) })
  const routes = new Hono<NodeEnvironment>()

  const prepare = async (transfer: Transfer): Promise<Prepared> => {
    const wallet = sourceOf(state, transfer)
    if (!isAddress(transfer.destinationAddress)) throw refusal(400, 155219)
    const token = await tokenOf(tokens, transfer, wallet)
    const units = unitsOf(transfer.amounts[0] ?? '', token)
    if ((await tokens.balance(token, wallet.address)) < units) throw refusal(400, 155258)
    return { transfer, wallet, token, units }
  }

  routes.post('/developer/transactions/transfer', (c) =>
    once(c, { state, entity }, Transfer, {
      prepare,
      commit: (prepared) => {
        const transaction = newTransaction(prepared)
        state.transactions.put(transaction.id, transaction)
        // Circle answers first and begins afterwards.
        setImmediate(() => desk.run(transaction))
        return { id: transaction.id, state: transaction.state }
      },
    }),
  )
  routes.post('/developer/transactions/:id/accelerate', (c) =>
    once(c, { state, entity }, z.object({}), {
      prepare: () => findTransaction(state, c.req.param('id')),
      commit: (transaction) => {
        if (transaction.state !== 'STUCK') throw refusal(400, 155229)
        setImmediate(() => desk.run(transaction))
        return { id: transaction.id }
      },
    }),
  )
  routes.get('/transactions', (c) => {
    const { walletIds, state: wanted, txHash, txType, destinationAddress, blockchain, from } = c.req.query()
    const transactions = state.transactions
      .all()
      .filter(
        (transaction) =>
          (walletIds === undefined || walletIds.split(',').includes(transaction.walletId)) &&
          (wanted === undefined || transaction.state === wanted) &&
          (txHash === undefined || transaction.txHash === txHash) &&
          (blockchain === undefined || transaction.blockchain === blockchain) &&
          (txType === undefined || transaction.transactionType === txType) &&
          (from === undefined || transaction.createDate >= new Date(from).toISOString()) &&
          (destinationAddress === undefined ||
            transaction.destinationAddress.toLowerCase() === destinationAddress.toLowerCase()),
      )
    return c.json({ data: { transactions: pageOf(c, transactions) } })
  })
  routes.get('/transactions/:id', (c) => c.json({ data: { transaction: findTransaction(state, c.req.param('id')) } }))

  routes.post('/transactions/transfer/estimateFee', async (c) => {
    const input = Transfer.safeParse(await c.req.json().catch(() => undefined))
    if (!input.success) throw refusal(400, 2, z.prettifyError(input.error))
    const { wallet, token, units } = await prepare(input.data)
    const to = getAddress(input.data.destinationAddress)
    const gas = await client.estimateGas({
      account: wallet.address,
      ...(token.tokenAddress === undefined
        ? { to, value: units }
        : {
            to: token.tokenAddress,
            data: encodeFunctionData({ abi: erc20Abi, functionName: 'transfer', args: [to, units] }),
          }),
    })
    const { maxFeePerGas, maxPriorityFeePerGas } = await client.estimateFeesPerGas()
    const level = (percent: bigint) => {
      const maxFee = (maxFeePerGas * percent) / 100n
      return {
        gasLimit: String(gas),
        maxFee: formatGwei(maxFee),
        priorityFee: formatGwei(maxPriorityFeePerGas),
        baseFee: formatGwei(maxFee - maxPriorityFeePerGas),
        networkFee: formatEther(gas * maxFee),
      }
    }
    return c.json({ data: { low: level(100n), medium: level(125n), high: level(150n) } })
  })
  return routes
}

function findTransaction(state: State, id: string): Transaction {
  const transaction = state.transactions.get(id)
  if (!transaction) throw refusal(404, 156003)
  return transaction
}

function sourceOf(state: State, { walletId, walletAddress, sourceAddress, blockchain }: Transfer): Wallet {
  if (walletId !== undefined) return findWallet(state, walletId)
  const address = (walletAddress ?? sourceAddress)?.toLowerCase()
  const network = checkBlockchain(blockchain ?? '')
  const wallet = state.wallets
    .all()
    .find((candidate) => candidate.address.toLowerCase() === address && candidate.blockchain === network)
  if (!wallet) throw refusal(404, 156001)
  return wallet
}

async function tokenOf(tokens: Tokens, { tokenId, tokenAddress }: Transfer, wallet: Wallet): Promise<Token> {
  if (tokenId === undefined) return tokens.findByAddress(wallet.blockchain, tokenAddress ?? '')
  const token = await tokens.find(tokenId)
  if (token.blockchain !== wallet.blockchain) throw refusal(404, 156002)
  return token
}

function unitsOf(amount: string, { decimals }: Token): bigint {
  if (!/^\d{1,60}(\.\d{1,18})?$/.test(amount)) throw refusal(400, 155224)
  if ((amount.split('.')[1] ?? '').length > decimals) throw refusal(400, 155224)
  const units = parseUnits(amount, decimals)
  if (units === 0n) throw refusal(400, 155221)
  return units
}

function newTransaction({ transfer, wallet, token }: Prepared): Transaction {
  const at = nowText()
  return {
    id: randomUUID(),
    blockchain: wallet.blockchain,
    walletId: wallet.id,
    sourceAddress: wallet.address,
    destinationAddress: getAddress(transfer.destinationAddress),
    tokenId: token.id,
    ...(token.tokenAddress === undefined ? {} : { contractAddress: token.tokenAddress }),
    amounts: transfer.amounts,
    nfts: null,
    ...(transfer.refId === undefined ? {} : { refId: transfer.refId }),
    ...(transfer.feeLevel === undefined ? {} : { feeLevel: transfer.feeLevel }),
    state: 'INITIATED',
    transactionType: 'OUTBOUND',
    custodyType: 'DEVELOPER',
    operation: 'TRANSFER',
    createDate: at,
    updateDate: at,
  }
}
