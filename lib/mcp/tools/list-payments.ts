import { z } from 'zod'
import { listIntents } from '#lib/intents/list.ts'
import { Intent, intentStatuses } from '#lib/intents/schema.ts'
import { tool } from '#lib/mcp/tool.ts'
import { nextCursor, page } from '#lib/mcp/tools/inputs.ts'

export const listPaymentsTool = tool({
  name: 'list_payments',
  title: 'List payments',
  description: 'The payments you proposed, newest first, a page at a time.',
  input: z.object({
    status: z.enum(intentStatuses).optional().describe('Only those in this status.'),
    ...page,
  }),
  output: z.object({ payments: z.array(Intent), nextCursor }),
  scope: 'read',
  run: async (actor, input) => {
    const { intents, nextCursor } = await listIntents(actor, input)
    return { payments: intents, nextCursor }
  },
})
