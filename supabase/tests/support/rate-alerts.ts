import { randomUUID } from 'node:crypto'
import type postgres from 'postgres'

type Sql = postgres.Sql | postgres.TransactionSql

const longAgo = new Date('2020-01-01T00:00:00Z')
const tickOf = (status: string) => (['triggered', 'told', 'failed'].includes(status) ? longAgo : null)

/** A line above a price, directly in a status, with the tick that reached it where one did. Returns its id. */
export const insertRateAlert = async (sql: Sql, status: string): Promise<string> => {
  const owner = randomUUID()
  await sql`insert into auth.users (id) values (${owner})`
  await sql`
    insert into public.rate_ticks (asset, currency, at, price, spread_basis_points, sources, observed_at, origin)
    values ('BTC', 'USD', ${longAgo}, 1, 0, array['test'], ${longAgo}, 'history') on conflict do nothing`
  const id = randomUUID()
  await sql`
    insert into public.rate_alerts (
      id, account_id, status, asset, currency, direction, price, compared_at, channel, tick_at, next_attempt_at, finalized_at)
    values (${id}, ${owner}, ${status}, 'BTC', 'USD', 'rises_to', 1, now(), 'email', ${tickOf(status)},
      ${status === 'triggered' ? new Date() : null}, ${['told', 'failed', 'cancelled'].includes(status) ? new Date() : null})`
  return id
}

/** Moves it by a direct update. */
export const moveRateAlert = (sql: Sql, id: string, to: string) => sql`
  update public.rate_alerts set status = ${to}, tick_at = ${tickOf(to)}, next_attempt_at = ${to === 'triggered' ? new Date() : null}
  where id = ${id}`
