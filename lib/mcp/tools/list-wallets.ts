import { z } from 'zod'
import { tool } from '#lib/mcp/tool.ts'
import { nextCursor, page } from '#lib/mcp/tools/inputs.ts'
import { listWallets } from '#lib/wallets/list.ts'
import { Wallet } from '#lib/wallets/schema.ts'

export const listWalletsTool = tool({
  name: 'list_wallets',
  title: 'List wallets',
  description: 'The wallets that you may propose payments from, each with its network, address and balances.',
  input: z.object(page),
  output: z.object({ wallets: z.array(Wallet), nextCursor }),
  scope: 'read',
  run: listWallets,
})
