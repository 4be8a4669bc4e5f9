import { join } from 'node:path'
import postgres from 'postgres'
import { type Child, startChild } from '#bench/child.ts'
import { benchEnvironment } from '#bench/environment.ts'
import { seedSessions } from '#bench/sessions/seed.ts'
import { operatorId } from '#bench/sessions/stored.ts'
import type { World } from '#bench/world.ts'

export type Store = {
  /** Asks as the app does, in a process of its own. */
  reader: Child
  /** Ends the reader. Throws where it read a table that grows with every purchase from end to end. */
  close(): Promise<void>
}

/** From here on a table is large: reading all of it is felt. */
const largeRows = 50_000

/** A database with so many sessions, whose books were read to the end today, and somebody to read it. */
export async function openStore(world: World, count: number): Promise<Store> {
  const database = await world.database(`sessions_${count}`)
  const start = performance.now()
  await seedSessions(database.adminUrl, count)
  const seeded = performance.now()
  const sql = postgres(database.adminUrl, { max: 1, onnotice: () => {} })
  await sql`insert into auth.users (id, email) values (${operatorId}, 'operator@causeway.test')`
  await sql`insert into public.account_roles (account_id, role) values (${operatorId}, 'operator')`
  const findings = await sql`select * from app.note_findings()`
  if (findings.length > 0) throw new Error(`The books of ${count} sessions do not add up: ${JSON.stringify(findings)}`)
  const read = ((performance.now() - seeded) / 1000).toFixed(1)
  world.say(
    `  ${count} sessions stored in ${((seeded - start) / 1000).toFixed(0)} s; their whole books, as once a day, read in ${read} s`,
  )

  const before = await scansOf(sql)
  const reader = startChild(join(import.meta.dirname, 'reads.ts'), {
    ...benchEnvironment,
    DATABASE_URL: database.url,
    BENCH_STORED: String(count),
  })
  return {
    reader,
    close: async () => {
      // What a connection counted is told when it ends.
      await reader.stop()
      const scans = await scansOf(sql)
      await sql.end()
      const read = [...scans].filter(([table, times]) => times > (before.get(table) ?? 0)).map(([table]) => table)
      if (read.length > 0) throw new Error(`With ${count} sessions stored, all of ${read.join(', ')} was read.`)
    },
  }
}

/** How often each large table was read from end to end. */
async function scansOf(sql: postgres.Sql): Promise<Map<string, number>> {
  const rows = await sql`
    select t.relname as name, t.seq_scan::int as scans from pg_stat_user_tables t join pg_class c on c.oid = t.relid
    where c.reltuples >= ${largeRows} and t.schemaname in ('public', 'private')`
  return new Map(rows.map(({ name, scans }) => [name, scans]))
}
