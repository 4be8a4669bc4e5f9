import { expect, test } from 'vitest'
import { signOfLife } from '#lib/jobs/alive.ts'
import { waitFor } from '#sandbox/http/wait-for.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'

const { adminSql } = await testDatabase()

/** The connections that hold the advisory lock in the pool's name. */
const holders = async (pool: string): Promise<number[]> => {
  const rows = await adminSql`
    select pid from pg_locks where locktype = 'advisory' and granted and mode = 'ExclusiveLock' and objsubid = 1
      and database = (select oid from pg_database where datname = current_database())
      and (classid::bigint << 32) | objid::bigint = hashtextextended(${pool}, 0)`
  return rows.map(({ pid }) => pid)
}

const held = (pool: string) => waitFor('the sign of life', async () => (await holders(pool))[0])
const free = (pool: string) => waitFor('its end', async () => (await holders(pool)).length === 0)

test('a worker is known to live by a lock in its pool’s name, also after the database was away, until it stops', async () => {
  const alive = signOfLife()
  // Cast: of the pool only its name is read.
  alive.events.emit('pool:create', { workerPool: { id: 'pool-of-this-test' } } as never)
  const first = await held('pool-of-this-test')

  await adminSql`select pg_terminate_backend(${first})`
  const second = await waitFor('another sign of life', async () =>
    (await holders('pool-of-this-test')).find((pid) => pid !== first),
  )
  expect(await holders('pool-of-this-test')).toEqual([second])

  await alive.stop()
  await free('pool-of-this-test')
})
