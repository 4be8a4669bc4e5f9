import { z } from 'zod'
import { line } from '#lib/http/line.ts'
import { network, Wallet } from '#lib/wallets/schema.ts'

const name = line(60).meta({
  description: 'What you call it. No two of your agents have the same name.',
  example: 'Ada',
  override: { type: 'string', minLength: 1, maxLength: 60 },
})

export const Agent = z
  .object({
    id: z.uuid(),
    name: z.string().meta({ example: 'Ada' }),
    frozenAt: z.iso.datetime().nullable().meta({ description: 'Since when it moves nothing; null while it may pay.' }),
    createdAt: z.iso.datetime(),
    wallets: z.array(Wallet).meta({ description: 'The wallets it pays from, one a network.' }),
  })
  .meta({ id: 'Agent' })
export type Agent = z.infer<typeof Agent>

/** POST /agents */
export const CreateAgentInput = z.strictObject({
  name,
  network: network.meta({ description: 'The chain of its first wallet, which Circle makes.' }),
})
export type CreateAgentInput = z.input<typeof CreateAgentInput>

/** PATCH /agents/:id */
export const RenameAgentInput = z.strictObject({ name })
export type RenameAgentInput = z.input<typeof RenameAgentInput>
