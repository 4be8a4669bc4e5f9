import { randomUUID } from 'node:crypto'
import { Hono } from 'hono'
import { type Address, isAddress } from 'viem'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { z } from 'zod'

import type { Entity } from '#sandbox/circle/entity.ts'
import { refusal } from '#sandbox/circle/errors.ts'
import { nowText } from '#sandbox/circle/ids.ts'
import { once } from '#sandbox/circle/once.ts'
import { pageOf } from '#sandbox/circle/page.ts'
import type { State, Wallet } from '#sandbox/circle/state.ts'
import { amountText, checkBlockchain, type Token, type Tokens } from '#sandbox/circle/tokens.ts'
import type { NodeEnvironment } from '#sandbox/http/serve.ts'

const WalletSetInput = z.object({ name: z.string().max(50).default('') })
const Label = z.object({ name: z.string().optional(), refId: z.string().optional() })
const WalletsInput = z.object({
  blockchains: z.array(z.string()).min(1),
  count: z.number().int().min(1).max(200).default(1),
  walletSetId: z.string(),
  accountType: z.literal('EOA').default('EOA'),
  metadata: z.array(Label).optional(),
})

/** Wallet sets, wallets and what is in them. */
export function createWalletRoutes(options: {
  state: State
  entity: Entity
  tokens: Tokens
  /** Called with the address of each new key, so that the chain can give it gas. */
  onNewAddress: (address: Address) => void
}): Hono<NodeEnvironment> {
  const { state, entity, tokens, onNewAddress } = options
  const routes = new Hono<NodeEnvironment>()

  routes.post('/developer/walletSets', (c) =>
    once(c, { state, entity }, WalletSetInput, {
      prepare: ({ name }) => name,
      commit: (name) => {
        const at = nowText()
        const walletSet = { id: randomUUID(), custodyType: 'DEVELOPER' as const, name, createDate: at, updateDate: at }
        state.sets.put(walletSet.id, walletSet)
        return { walletSet }
      },
    }),
  )
  routes.get('/walletSets', (c) => c.json({ data: { walletSets: pageOf(c, state.sets.all()) } }))
  routes.get('/walletSets/:id', (c) => {
    const walletSet = state.sets.get(c.req.param('id'))
    if (!walletSet) throw refusal(404, 156005)
    return c.json({ data: { walletSet } })
  })

  routes.post('/developer/wallets', (c) =>
    once(c, { state, entity }, WalletsInput, {
      prepare: (input) => {
        if (!state.sets.get(input.walletSetId)) throw refusal(404, 156005)
        return { ...input, blockchains: input.blockchains.map(checkBlockchain) }
      },
      commit: (input) => ({ wallets: makeWallets(state, input, onNewAddress) }),
    }),
  )
  routes.get('/wallets', (c) => {
    const { address, blockchain, walletSetId, refId } = c.req.query()
    const wallets = state.wallets
      .all()
      .filter(
        (wallet) =>
          (address === undefined || wallet.address.toLowerCase() === address.toLowerCase()) &&
          (blockchain === undefined || wallet.blockchain === blockchain) &&
          (walletSetId === undefined || wallet.walletSetId === walletSetId) &&
          (refId === undefined || wallet.refId === refId),
      )
    return c.json({ data: { wallets: pageOf(c, wallets) } })
  })
  routes.get('/wallets/:id', (c) => c.json({ data: { wallet: findWallet(state, c.req.param('id')) } }))
  routes.put('/wallets/:id', async (c) => {
    const label = Label.safeParse(await c.req.json().catch(() => undefined))
    if (!label.success) throw refusal(400, 2, z.prettifyError(label.error))
    const { name, refId } = label.data
    const wallet = {
      ...findWallet(state, c.req.param('id')),
      ...(name === undefined ? {} : { name }),
      ...(refId === undefined ? {} : { refId }),
      updateDate: nowText(),
    }
    state.wallets.put(wallet.id, wallet)
    return c.json({ data: { wallet } })
  })
  routes.get('/wallets/:id/balances', async (c) => {
    const wallet = findWallet(state, c.req.param('id'))
    const wanted = c.req.query('tokenAddress')?.toLowerCase().split(',')
    const includeAll = c.req.query('includeAll') === 'true'
    const asked = (token: Token) => wanted === undefined || wanted.includes(token.tokenAddress?.toLowerCase() ?? '')
    const balances = await Promise.all(
      (await tokens.on(wallet.blockchain)).filter(asked).map(async (token) => ({
        token,
        units: await tokens.balance(token, wallet.address),
      })),
    )
    const tokenBalances = balances
      .filter(({ units }) => includeAll || units > 0n)
      .map(({ token, units }) => ({ amount: amountText(token, units), token, updateDate: nowText() }))
    return c.json({ data: { tokenBalances } })
  })
  routes.get('/tokens/:id', async (c) => c.json({ data: { token: await tokens.find(c.req.param('id')) } }))
  routes.post('/transactions/validateAddress', async (c) => {
    const input = z.object({ address: z.string(), blockchain: z.string() }).safeParse(await c.req.json())
    if (!input.success) throw refusal(400, 2, z.prettifyError(input.error))
    checkBlockchain(input.data.blockchain)
    return c.json({ data: { isValid: isAddress(input.data.address) } })
  })
  return routes
}

export function findWallet(state: State, id: string): Wallet {
  const wallet = state.wallets.get(id)
  if (!wallet) throw refusal(404, 156001)
  return wallet
}

/** One key for each of `count`; its address is the same on every network asked for. */
function makeWallets(state: State, input: z.infer<typeof WalletsInput>, onNewAddress: (address: Address) => void) {
  const at = nowText()
  return Array.from({ length: input.count }).flatMap((_, index) => {
    const key = generatePrivateKey()
    const { address } = privateKeyToAccount(key)
    state.keys.put(address, key)
    onNewAddress(address)
    const { name, refId } = input.metadata?.[index] ?? {}
    return input.blockchains.map((blockchain) => {
      const wallet: Wallet = {
        id: randomUUID(),
        address,
        blockchain,
        accountType: 'EOA',
        state: 'LIVE',
        custodyType: 'DEVELOPER',
        walletSetId: input.walletSetId,
        ...(name === undefined ? {} : { name }),
        ...(refId === undefined ? {} : { refId }),
        createDate: at,
        updateDate: at,
      }
      state.wallets.put(wallet.id, wallet)
      return wallet
    })
  })
}
