import { z } from 'zod'
import { Simulation } from '#lib/intents/schema.ts'
import { simulateIntent } from '#lib/intents/simulate.ts'
import { tool } from '#lib/mcp/tool.ts'
import { payment } from '#lib/mcp/tools/inputs.ts'

export const simulatePaymentTool = tool({
  name: 'simulate_payment',
  title: 'Simulate a payment',
  description:
    'What would become of a payment if it were proposed now, and what each guard makes of it. Nothing is proposed, held or paid.',
  input: z.object(payment),
  output: z.object({ simulation: Simulation }),
  scope: 'simulate',
  run: async (actor, input) => ({ simulation: await simulateIntent(actor, input) }),
})
