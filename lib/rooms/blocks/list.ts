import type { Actor } from '#lib/auth/actor.ts'
import { requirePerson } from '#lib/auth/require-person.ts'
import { as } from '#lib/db/as.ts'
import type { Block } from '#lib/rooms/schema.ts'
import { toBlock } from '#lib/rooms/stored.ts'

/** Whom a person blocks, the last first. */
export async function listBlocks(actor: Actor): Promise<{ blocks: Block[] }> {
  const rows = await as(requirePerson(actor))((sql) => sql`select block from app.list_blocks()`)
  return { blocks: rows.map(({ block }) => toBlock(block)) }
}
