import { z } from 'zod'
import { getIntent } from '#lib/intents/get.ts'
import { IntentDetail } from '#lib/intents/schema.ts'
import { nextStep } from '#lib/mcp/next-step.ts'
import { tool } from '#lib/mcp/tool.ts'
import { paymentId } from '#lib/mcp/tools/inputs.ts'

export const getPaymentTool = tool({
  name: 'get_payment',
  title: 'Get a payment',
  description: 'A payment with its status, what each guard made of it, its timeline, and its transfers on chain.',
  input: z.object({ paymentId }),
  output: z.object({ payment: IntentDetail, nextStep: z.string(), link: z.string() }),
  scope: 'read',
  run: async (actor, input) => {
    const payment = await getIntent(actor, input.paymentId)
    return { payment, ...nextStep(payment) }
  },
})
