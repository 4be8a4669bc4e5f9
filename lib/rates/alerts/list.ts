import type { z } from 'zod'
import type { Actor } from '#lib/auth/actor.ts'
import { requirePerson } from '#lib/auth/require-person.ts'
import { as } from '#lib/db/as.ts'
import { readCursor } from '#lib/http/cursor.ts'
import { pageOf } from '#lib/http/page.ts'
import { parseInput } from '#lib/http/parse.ts'
import { type StoredRateAlert, toRateAlert } from '#lib/rates/alerts/rate-alert.ts'
import { ListRateAlertsInput, type RateAlert } from '#lib/rates/alerts/schema.ts'

type Row = { id: string; position: string; alert: StoredRateAlert }

/** A person's price alerts, newest first. */
export async function listRateAlerts(
  actor: Actor,
  query: z.input<typeof ListRateAlertsInput> = {},
): Promise<{ alerts: RateAlert[]; nextCursor: string | null }> {
  const person = requirePerson(actor)
  const { cursor, limit, status } = parseInput(ListRateAlertsInput, query)
  const after = readCursor(cursor)
  const found = await as(person)(
    (sql) => sql`select alert, "position", id
      from app.list_rate_alerts(${status ?? null}, ${after?.at ?? null}::timestamptz, ${after?.id ?? null}, ${limit + 1})`,
  )
  // Cast: the columns selected above.
  const { rows, nextCursor } = pageOf(found as unknown as Row[], limit)
  return { alerts: rows.map(({ alert }) => toRateAlert(alert)), nextCursor }
}
