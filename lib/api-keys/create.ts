import { createHash, randomBytes } from 'node:crypto'
import { z } from 'zod'
import { apiKeyColumns, toApiKey } from '#lib/api-keys/api-key.ts'
import { CreateApiKeyInput, type CreatedApiKey } from '#lib/api-keys/schema.ts'
import type { Actor } from '#lib/auth/actor.ts'
import { requirePerson } from '#lib/auth/require-person.ts'
import { as } from '#lib/db/as.ts'
import { requestHash } from '#lib/http/idempotency.ts'
import { parseInput } from '#lib/http/parse.ts'
import { notFound } from '#lib/http/problem.ts'

/**
 * A person makes a key by which software acts for an agent of theirs. The key is in this answer and nowhere else: only its
 * hash is stored, so the repetition of the request gets everything but the key.
 */
export async function createApiKey(
  actor: Actor,
  agentId: string,
  request: CreateApiKeyInput,
  idempotencyKey: string,
): Promise<{ apiKey: CreatedApiKey; replayed: boolean }> {
  const person = requirePerson(actor)
  if (!z.uuid().safeParse(agentId).success) throw notFound('agent')
  const input = parseInput(CreateApiKeyInput, request)
  const key = `cw_${randomBytes(32).toString('base64url')}`
  const hash = createHash('sha256').update(key).digest()
  const [made] = await as(person)(
    (
      sql,
    ) => sql`select * from app.create_api_key(${idempotencyKey}, ${requestHash([agentId, request])}, ${agentId}, ${input.name},
      ${key.slice(0, 9)}, ${hash}, ${input.scopes}, ${input.paymentLimit ?? null}, ${input.expiresAt ?? null})`,
  )
  const [row] = await as(person)(
    (sql) => sql`select ${apiKeyColumns(sql)} from public.api_keys k where k.id = ${made?.api_key_id}`,
  )
  if (!row) throw notFound('key')
  return { apiKey: { ...toApiKey(row), key: made?.replayed ? null : key }, replayed: made?.replayed }
}
