import { type McpServer, ResourceTemplate } from '@modelcontextprotocol/server'
import { listAgents } from '#lib/agents/list.ts'
import type { AgentActor } from '#lib/auth/actor.ts'
import { getGuards } from '#lib/guards/get.ts'
import { getPaymentReceipt } from '#lib/mcp/payment-receipt.ts'
import { getWallet } from '#lib/wallets/get.ts'
import { listWallets } from '#lib/wallets/list.ts'

const mimeType = 'application/json'
const content = (uri: URL, value: unknown) => ({ contents: [{ uri: uri.href, mimeType, text: JSON.stringify(value) }] })

/** What may be read beside the tools: balances, the guards that hold, and receipts. None of it can be written. */
export function registerResources(server: McpServer, actor: AgentActor): void {
  server.registerResource(
    'balance',
    new ResourceTemplate('causeway://wallets/{walletId}/balance', {
      list: async () => {
        const { wallets } = await listWallets(actor)
        return {
          resources: wallets.map(({ id, network }) => ({
            uri: `causeway://wallets/${id}/balance`,
            name: `Balance on ${network}`,
            mimeType,
          })),
        }
      },
    }),
    { title: 'Balance', description: 'What a wallet holds, has promised and has free.', mimeType },
    async (uri, { walletId }) => content(uri, (await getWallet(actor, String(walletId))).balances),
  )
  server.registerResource(
    'guards',
    'causeway://guards',
    { title: 'Guards', description: 'The rules that hold for this agent. Only the person can change them.', mimeType },
    async (uri) => content(uri, await guardsOf(actor)),
  )
  server.registerResource(
    'receipt',
    new ResourceTemplate('causeway://payments/{paymentId}/receipt', { list: undefined }),
    {
      title: 'Receipt',
      description: 'The receipt of a settled payment, checked against the chain as it is read.',
      mimeType,
    },
    async (uri, { paymentId }) => content(uri, await getPaymentReceipt(actor, String(paymentId))),
  )
}

/** Those of the agent itself and those of everything its person has: both hold. */
async function guardsOf(actor: AgentActor) {
  const { agents } = await listAgents(actor)
  const own = await Promise.all(agents.map(({ id }) => getGuards(actor, { agentId: id })))
  return { agent: own.flatMap(({ guards }) => guards), person: (await getGuards(actor, 'person')).guards }
}
