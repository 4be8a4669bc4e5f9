import { z } from 'zod'
import { proposeIntent } from '#lib/intents/propose.ts'
import { Intent } from '#lib/intents/schema.ts'
import { nextStep } from '#lib/mcp/next-step.ts'
import { tool } from '#lib/mcp/tool.ts'
import { payment } from '#lib/mcp/tools/inputs.ts'

export const proposePaymentTool = tool({
  name: 'propose_payment',
  title: 'Propose a payment',
  description:
    'Proposes a payment. The person’s guards decide at once: it is refused, waits for the person, or is approved and paid by itself. You cannot approve it or change a guard. Use an amount and a recipient only where the person named both themselves.',
  input: z.object({
    ...payment,
    purpose: z.string().describe('What it is for, in a line. The person who is asked to approve reads it.'),
    idempotencyKey: z
      .string()
      .describe(
        'A text of your own for this one payment, such as a UUID. The same again is the same payment, and pays once.',
      ),
  }),
  output: z.object({ payment: Intent, replayed: z.boolean(), nextStep: z.string(), link: z.string() }),
  scope: 'propose',
  run: async (actor, { idempotencyKey, ...request }) => {
    const { intent, replayed } = await proposeIntent(actor, request, idempotencyKey)
    return { payment: intent, replayed, ...nextStep(intent) }
  },
})
