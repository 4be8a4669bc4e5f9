import { z } from 'zod'
import { getPaymentReceipt } from '#lib/mcp/payment-receipt.ts'
import { tool } from '#lib/mcp/tool.ts'
import { paymentId } from '#lib/mcp/tools/inputs.ts'
import { PaymentReceipt } from '#lib/receipts/schema.ts'

export const getReceiptTool = tool({
  name: 'get_receipt',
  title: 'Get a receipt',
  description: 'The receipt of a settled payment. Whether its transfer stands on chain is read at that moment.',
  input: z.object({ paymentId }),
  output: z.object({ receipt: PaymentReceipt }),
  scope: 'read',
  run: async (actor, input) => ({ receipt: await getPaymentReceipt(actor, input.paymentId) }),
})
