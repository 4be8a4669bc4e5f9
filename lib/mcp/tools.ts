import type { Tool } from '#lib/mcp/tool.ts'
import { cancelPaymentTool } from '#lib/mcp/tools/cancel-payment.ts'
import { getBalanceTool } from '#lib/mcp/tools/get-balance.ts'
import { getPaymentTool } from '#lib/mcp/tools/get-payment.ts'
import { getQuoteTool } from '#lib/mcp/tools/get-quote.ts'
import { getReceiptTool } from '#lib/mcp/tools/get-receipt.ts'
import { listContactsTool } from '#lib/mcp/tools/list-contacts.ts'
import { listPaymentsTool } from '#lib/mcp/tools/list-payments.ts'
import { listWalletsTool } from '#lib/mcp/tools/list-wallets.ts'
import { proposePaymentTool } from '#lib/mcp/tools/propose-payment.ts'
import { simulatePaymentTool } from '#lib/mcp/tools/simulate-payment.ts'

/** Everything that software can do here. There is no tool that approves, executes, or changes a guard, a contact or a key. */
export const tools: Tool[] = [
  listWalletsTool,
  getBalanceTool,
  simulatePaymentTool,
  proposePaymentTool,
  getPaymentTool,
  cancelPaymentTool,
  listPaymentsTool,
  listContactsTool,
  getQuoteTool,
  getReceiptTool,
]
