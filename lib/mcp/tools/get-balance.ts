import { z } from 'zod'
import { tool } from '#lib/mcp/tool.ts'
import { walletId } from '#lib/mcp/tools/inputs.ts'
import { getWallet } from '#lib/wallets/get.ts'
import { Wallet } from '#lib/wallets/schema.ts'

export const getBalanceTool = tool({
  name: 'get_balance',
  title: 'Get a balance',
  description: 'What a wallet holds of each asset, what of it is promised to payments under way, and what is free.',
  input: z.object({ walletId }),
  output: z.object({ wallet: Wallet }),
  scope: 'read',
  run: async (actor, input) => ({ wallet: await getWallet(actor, input.walletId) }),
})
