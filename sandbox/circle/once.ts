import { createHash } from 'node:crypto'
import type { Context } from 'hono'
import { z } from 'zod'

import type { Entity } from '#sandbox/circle/entity.ts'
import { refusal } from '#sandbox/circle/errors.ts'
import type { State } from '#sandbox/circle/state.ts'
import type { NodeEnvironment } from '#sandbox/http/serve.ts'

const Command = z.looseObject({ idempotencyKey: z.uuidv4() })

/**
 * Runs a command once for each idempotency key and answers the same ever after. `prepare` may ask the chain; `commit`
 * is one step with the answer. The entity secret is asked for only where the command is really run.
 */
export async function once<Schema extends z.ZodType, Prepared>(
  c: Context<NodeEnvironment>,
  { state, entity }: { state: State; entity: Entity },
  schema: Schema,
  steps: {
    prepare: (input: z.output<Schema>) => Promise<Prepared> | Prepared
    commit: (prepared: Prepared) => unknown
  },
): Promise<Response> {
  const json: unknown = await c.req.json().catch(() => undefined)
  const command = Command.safeParse(json)
  if (!command.success) throw refusal(400, 2, z.prettifyError(command.error))
  const { idempotencyKey, entitySecretCiphertext, ...rest } = command.data
  const fingerprint = createHash('sha256')
    .update(`${c.req.path}\n${JSON.stringify(rest)}`)
    .digest('hex')

  const replay = () => {
    const stored = state.answers.get(idempotencyKey)
    if (stored && stored.fingerprint !== fingerprint) throw refusal(409, 156020)
    return stored && c.json({ data: stored.body })
  }
  const replayed = replay()
  if (replayed) return replayed

  await entity.take(entitySecretCiphertext)
  const input = schema.safeParse(rest)
  if (!input.success) throw refusal(400, 2, z.prettifyError(input.error))
  const prepared = await steps.prepare(input.data)
  // Another request with this key may have been faster while the chain was asked.
  return (
    replay() ??
    state.store.batch(() => {
      const body = steps.commit(prepared)
      state.answers.put(idempotencyKey, { fingerprint, body })
      return c.json({ data: body }, 201)
    })
  )
}
