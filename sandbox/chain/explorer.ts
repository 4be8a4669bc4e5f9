import { type Context, Hono } from 'hono'
import { getAddress, isAddress, isHex } from 'viem'
import { z } from 'zod'
import { InvalidAmount, parseAmount } from '#lib/money/amount.ts'
import { requireToken } from '#lib/rails/chain/tokens.ts'
import { addressPage, homePage, messagePage, transactionPage } from '#sandbox/chain/explorer-page.ts'
import { latestTransfers, viewAddress, viewTransaction } from '#sandbox/chain/ledger-view.ts'
import { addGas, mintToken } from '#sandbox/chain/mint.ts'
import { nodeClient } from '#sandbox/chain/node.ts'
import { type NodeEnvironment, type Served, serve } from '#sandbox/http/serve.ts'

/**
 * Serves the page that explorer links of the local chain lead to: `/tx/:hash`, `/address/:address`, and the latest
 * transfers at `/`. `POST /sandbox/mint {"asset":"MUSD","to":"0x…","amount":"100.00"}` makes tokens (asset MUSD or
 * USDC) or gas (asset BTC) and answers `{hash}`; gas comes without a transaction, so its hash is null.
 */
export async function startExplorer({ rpcUrl, port }: { rpcUrl: string; port: number }): Promise<Served> {
  const node = nodeClient(rpcUrl)
  const app = new Hono<NodeEnvironment>()

  app.get('/', async (c) => c.html(homePage(await latestTransfers(node))))

  app.get('/tx/:hash', async (c) => {
    const hash = c.req.param('hash')
    if (!isHex(hash) || hash.length !== 66) return c.html(messagePage('That is not a transaction hash.'), 400)
    const view = await viewTransaction(node, hash)
    if (view === undefined) return c.html(messagePage('This chain has not seen that transaction.'), 404)
    return c.html(transactionPage(view))
  })

  app.get('/address/:address', async (c) => {
    const address = c.req.param('address')
    if (!isAddress(address, { strict: false })) return c.html(messagePage('That is not an address.'), 400)
    return c.html(addressPage(await viewAddress(node, getAddress(address))))
  })

  app.post('/sandbox/mint', async (c) => {
    const body: unknown = await c.req.json().catch(() => null)
    return await mint(c, rpcUrl, body)
  })

  return await serve({ app, port })
}

const Mint = z.object({
  asset: z.enum(['MUSD', 'USDC', 'BTC']),
  to: z.string().refine((text) => isAddress(text)),
  amount: z.string(),
})

async function mint(c: Context, rpcUrl: string, body: unknown): Promise<Response> {
  const parsed = Mint.safeParse(body)
  if (!parsed.success) {
    return c.json({ error: 'Send {"asset":"MUSD","to":"0x…","amount":"100.00"}; asset is MUSD, USDC or BTC.' }, 400)
  }
  const { asset, amount } = parsed.data
  const to = getAddress(parsed.data.to)
  try {
    if (asset === 'BTC') {
      await addGas({ rpcUrl, to, amount: parseAmount(amount, 18) })
      return c.json({ hash: null })
    }
    const { decimals } = requireToken(asset, 'mezo-testnet')
    return c.json({ hash: await mintToken({ rpcUrl, asset, to, amount: parseAmount(amount, decimals) }) })
  } catch (error) {
    if (error instanceof InvalidAmount) return c.json({ error: error.message }, 400)
    throw error
  }
}
