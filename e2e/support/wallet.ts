import type { BrowserContext } from '@playwright/test'
import { type Address, createWalletClient, type Hex, http, toHex } from 'viem'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { announceWallet } from '#e2e/support/wallet-page.ts'

type Request = { method: string; params: unknown[] }
type Answer = { result?: unknown; error?: { code: number; message: string }; events: [string, unknown][] }

export type TestWallet = {
  name: string
  address: Address
  privateKey: Hex
  /** Every method the page asked for, in order. */
  asked: string[]
  chainId(): number
  /** The next request of this method is declined, as when a person presses Cancel. */
  declineNext(method: string): void
}

type Options = { rpc: string; chainId: number; privateKey?: Hex; name?: string; startsOn?: number }

const refused = (code: number, message: string): Answer => ({ error: { code, message }, events: [] })

/**
 * Puts a wallet into every page of the context, announced by EIP-6963. Its key lives here, in the test's process, and it
 * really signs. It starts on Ethereum and knows no other chain until one is added, as a fresh wallet does.
 */
export async function installWallet(context: BrowserContext, options: Options): Promise<TestWallet> {
  const { rpc, chainId, privateKey = generatePrivateKey(), name = 'Test Wallet', startsOn = 1 } = options
  const account = privateKeyToAccount(privateKey)
  const client = createWalletClient({ account, transport: http(rpc) })
  const known = new Set([1, startsOn])
  const declined = new Set<string>()
  const asked: string[] = []
  let current = startsOn
  let connected = false

  const methods: Record<string, (params: unknown[]) => Promise<Answer> | Answer> = {
    eth_requestAccounts() {
      connected = true
      return { result: [account.address], events: [['accountsChanged', [account.address]]] }
    },
    eth_accounts: () => ({ result: connected ? [account.address] : [], events: [] }),
    eth_chainId: () => ({ result: toHex(current), events: [] }),
    net_version: () => ({ result: String(current), events: [] }),
    wallet_requestPermissions() {
      connected = true
      return { result: [{ parentCapability: 'eth_accounts' }], events: [] }
    },
    wallet_revokePermissions() {
      connected = false
      return { result: null, events: [['accountsChanged', []]] }
    },
    wallet_switchEthereumChain([target]) {
      const wanted = Number((target as { chainId: Hex }).chainId)
      if (!known.has(wanted)) return refused(4902, 'Unrecognized chain ID. Try adding the chain first.')
      current = wanted
      return { result: null, events: [['chainChanged', toHex(wanted)]] }
    },
    wallet_addEthereumChain([chain]) {
      const added = Number((chain as { chainId: Hex }).chainId)
      known.add(added)
      current = added
      return { result: null, events: [['chainChanged', toHex(added)]] }
    },
    async personal_sign([message]) {
      return { result: await account.signMessage({ message: { raw: message as Hex } }), events: [] }
    },
    async eth_sendTransaction([transaction]) {
      if (current !== chainId) return refused(4901, 'The wallet is on another chain.')
      const { to, value, data } = transaction as { to: Address; value?: Hex; data?: Hex }
      const hash = await client.sendTransaction({
        chain: null,
        to,
        ...(value ? { value: BigInt(value) } : {}),
        ...(data ? { data } : {}),
      })
      return { result: hash, events: [] }
    },
  }

  await context.exposeFunction('causewayTestWallet', async ({ method, params }: Request): Promise<Answer> => {
    asked.push(method)
    if (declined.delete(method)) return refused(4001, 'User rejected the request.')
    const handler = methods[method]
    return handler ? handler(params) : refused(4200, `The test wallet does not support ${method}.`)
  })
  await context.addInitScript(announceWallet, { name, uuid: crypto.randomUUID() })
  return {
    name,
    address: account.address,
    privateKey,
    asked,
    chainId: () => current,
    declineNext: (method) => void declined.add(method),
  }
}
