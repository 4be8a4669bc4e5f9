import { randomBytes } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import postgres from 'postgres'
import { afterAll, inject } from 'vitest'
import { as } from '#lib/db/as.ts'
import { closeConnection } from '#lib/db/connection.ts'
import { CAUSEWAY_PASSWORD, TEMPLATE } from '#supabase/tests/support/template.ts'

export type TestDatabase = {
  /** As the owner of everything: to arrange what a test needs and to look at what it left. */
  adminSql: postgres.Sql
  /** As the app does it: a transaction in the actor's role. */
  as: typeof as
  /** The app's connection string (login role `causeway`). */
  url: string
  /** The owner's connection string. */
  adminUrl: string
}

/**
 * Gives the test file a database of its own, a fresh copy of the migrated template, and drops it when the file is done.
 * The code under test finds it through DATABASE_URL, so call this at the top of the file, before anything reads the
 * configuration.
 */
export async function testDatabase(): Promise<TestDatabase> {
  const cluster = inject('clusterUrl')
  const name = `test_${randomBytes(6).toString('hex')}`
  const owner = postgres(cluster.replace('DATABASE', 'postgres'), { max: 1, onnotice: () => {} })
  await owner`create database ${owner(name)} template ${owner(TEMPLATE)}`

  const adminUrl = cluster.replace('DATABASE', name)
  const url = new URL(adminUrl)
  url.username = 'causeway'
  url.password = CAUSEWAY_PASSWORD
  process.env.DATABASE_URL = url.href
  const adminSql = postgres(adminUrl, { max: 4, onnotice: () => {} })

  afterAll(async () => {
    await adminSql.end({ timeout: 5 })
    await closeConnection()
    await everybodyLeft(owner, name)
    await owner`drop database ${owner(name)} with (force)`
    await owner.end()
  })
  return { adminSql, as, url: url.href, adminUrl }
}

/**
 * A pool that was told to end, such as the queue's own, is gone a moment after it says so, and one of its connections that is
 * cut off meanwhile would fail a test that is over. Whoever stays longer than two seconds is cut off all the same.
 */
async function everybodyLeft(owner: postgres.Sql, name: string): Promise<void> {
  for (const until = Date.now() + 2000; Date.now() < until; await setTimeout(10)) {
    const [row] = await owner`select count(*)::int as connections from pg_stat_activity where datname = ${name}`
    if (row?.connections === 0) return
  }
}
