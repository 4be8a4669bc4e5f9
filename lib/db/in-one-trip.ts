import type postgres from 'postgres'
import { connection } from '#lib/db/connection.ts'
import { refusalOf } from '#lib/db/errors.ts'
import { literal } from '#lib/db/literal.ts'
import { withSpan } from '#lib/telemetry/span.ts'

/**
 * Runs one query over one value as one of the app's own roles, as `as` does, in a single network round trip instead of four:
 * role and query go as one text, which Postgres runs as one transaction. The query gets the value as a jsonb expression. Refusals of the database come back as Problems.
 */
export function inOneTrip(
  role: 'webhook' | 'worker',
  name: string,
  query: (value: string) => string,
  value: unknown,
): Promise<postgres.Row[]> {
  const text = `set local role ${role}; ${query(`${literal(JSON.stringify(value))}::jsonb`)}`
  return withSpan(name, { kind: 'client', attributes: { 'db.system.name': 'postgresql' } }, async () => {
    try {
      // Cast: of several statements at once the driver gives several results, which its type does not know.
      const results = (await connection().unsafe(text)) as unknown as postgres.Row[][]
      return results.at(-1) ?? []
    } catch (error) {
      throw refusalOf(error)
    }
  })
}
