import { z } from 'zod'
import { cancelIntent } from '#lib/intents/cancel.ts'
import { Intent } from '#lib/intents/schema.ts'
import { nextStep } from '#lib/mcp/next-step.ts'
import { tool } from '#lib/mcp/tool.ts'
import { paymentId } from '#lib/mcp/tools/inputs.ts'

export const cancelPaymentTool = tool({
  name: 'cancel_payment',
  title: 'Cancel a payment',
  description:
    'Ends a payment of yours of which nothing has moved yet, and gives back what it held. Once it executes it is too late.',
  input: z.object({ paymentId }),
  output: z.object({ payment: Intent, nextStep: z.string(), link: z.string() }),
  scope: 'cancel',
  run: async (actor, input) => {
    const payment = await cancelIntent(actor, input.paymentId)
    return { payment, ...nextStep(payment) }
  },
})
