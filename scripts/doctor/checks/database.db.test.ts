import { chmod, mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { freePort } from '#sandbox/ports.ts'
import { type Postgres, removePostgres, startPostgres } from '#sandbox/postgres.ts'
import { prepareSupabaseSchemas } from '#sandbox/supabase/database.ts'
import type { Check } from '#scripts/doctor/check.ts'
import { browserRights } from '#scripts/doctor/checks/browser-rights.ts'
import { databaseFaults } from '#scripts/doctor/checks/database.fixture.ts'
import { databaseLogin } from '#scripts/doctor/checks/database-login.ts'
import { databaseOwnership } from '#scripts/doctor/checks/database-ownership.ts'
import { databaseReads } from '#scripts/doctor/checks/database-reads.ts'
import { databaseRoles } from '#scripts/doctor/checks/database-roles.ts'
import { migrations } from '#scripts/doctor/checks/migrations.ts'
import { queue } from '#scripts/doctor/checks/queue.ts'
import { reconciliation } from '#scripts/doctor/checks/reconciliation.ts'
import { rowSecurity } from '#scripts/doctor/checks/row-security.ts'
import { waitingForPeople } from '#scripts/doctor/checks/waiting-for-people.ts'
import { worker } from '#scripts/doctor/checks/worker.ts'
import { examine } from '#scripts/doctor/diagnose.ts'
import { admit } from '#scripts/doctor/patient.ts'
import { migrate } from '#scripts/migrate.ts'

// A cluster of its own: what is broken here, such as a role's inheritance, would be broken for every database of a shared one.
// The migrations are run as on a hosted project: by a role that owns the database, makes roles, and is no superuser.
const hosted = `
  create role hosted login createrole createdb bypassrls password 'of-the-tests-only';
  alter database postgres owner to hosted;
  grant anon, authenticated, service_role to hosted with admin option;
  grant usage on schema auth to hosted;
  grant select, references on auth.users to hosted;
  grant pg_signal_backend to hosted;
  drop schema supabase_migrations cascade;
`
let dir: string
let server: Postgres
let owner: postgres.Sql
let mend: string[] = []

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'causeway-doctor-'))
  await chmod(dir, 0o755)
  server = await startPostgres({ dir, port: await freePort(), durable: false })
  await prepareSupabaseSchemas(server.adminUrl())
  owner = postgres(server.adminUrl(), { max: 1, onnotice: () => {} })
  await owner.unsafe(hosted)
  await migrate({ adminUrl: as('hosted', 'of-the-tests-only'), causewayPassword: 'of-the-tests-only' })
})

afterEach(async () => {
  for (const statement of mend) await owner.unsafe(statement)
  mend = []
})

afterAll(async () => {
  await owner.end()
  await server.stop()
  await removePostgres(dir)
})

const as = (user: string, password: string, database = 'postgres') =>
  `postgresql://${user}:${password}@127.0.0.1:${server.port}/${database}`

async function look(check: Check, change: Record<string, string> = {}) {
  const patient = admit({ DATABASE_URL: as('causeway', 'of-the-tests-only'), ...change })
  try {
    return (await examine(check, patient))[0]
  } finally {
    await patient.end()
  }
}

test.each([
  databaseLogin,
  databaseOwnership,
  databaseRoles,
  databaseReads,
  migrations,
  rowSecurity,
  browserRights,
  queue,
  reconciliation,
  waitingForPeople,
])('a migrated database is in order: $name', async (check) => {
  expect(await look(check)).toMatchObject({ state: 'ok' })
})

describe('what is wrong with a database is named', () => {
  test.each(databaseFaults)('%s', async (_name, { breaks, mends, check, state, seen, step }) => {
    mend = [mends]
    await owner.unsafe(breaks)
    expect(await look(check)).toMatchObject({
      state,
      seen: expect.stringContaining(seen),
      step: expect.stringContaining(step),
    })
  })

  test('a wrong password', async () => {
    const verdict = await look(databaseLogin, { DATABASE_URL: as('causeway', 'wrong') })
    expect(verdict).toMatchObject({ state: 'fail', seen: expect.stringContaining('refuses the user or its password') })
  })

  test("the owner's login", async () => {
    const { username, password } = new URL(server.adminUrl())
    const verdict = await look(databaseLogin, { DATABASE_URL: as(username, password) })
    expect(verdict).toMatchObject({ state: 'fail', seen: expect.stringContaining('logs in as postgres') })
  })

  test('no such database', async () => {
    const verdict = await look(databaseLogin, { DATABASE_URL: as('causeway', 'of-the-tests-only', 'elsewhere') })
    expect(verdict).toMatchObject({ state: 'fail', seen: expect.stringContaining('has no such database') })
  })

  test('nothing listens', async () => {
    const verdict = await look(databaseLogin, { DATABASE_URL: 'postgresql://causeway:x@127.0.0.1:1/postgres' })
    expect(verdict).toMatchObject({ state: 'fail', seen: '127.0.0.1:1: nothing listens there' })
  })

  test('no migration at all', async () => {
    await owner`create database empty`
    const url = as('causeway', 'of-the-tests-only', 'empty')
    expect(await look(migrations, { DATABASE_URL: url })).toMatchObject({
      state: 'fail',
      step: expect.stringContaining('npm run db:migrate'),
    })
    expect(await look(databaseReads, { DATABASE_URL: url })).toMatchObject({
      state: 'fail',
      seen: 'the tables are not there',
    })
    await owner`drop database empty`
  })
})

test('a worker that is alive is seen, by its connection or by what it did last', async () => {
  expect(await look(worker)).toMatchObject({ state: 'fail', seen: 'none was ever started' })
  expect(await look(worker, { VERCEL: '1' })).toMatchObject({ state: 'skip' })
  const alive = postgres(as('causeway', 'of-the-tests-only'), {
    max: 1,
    connection: { application_name: 'causeway worker' },
  })
  await alive`select 1`
  expect(await look(worker)).toEqual({ state: 'ok', seen: '1 connected' })
  await alive.end()
})

describe('what the documents tell an owner to run', () => {
  test.each(['docs/deploy.md', 'docs/runbook.md'])(
    'each statement of %s is one that the owner may run',
    async (document) => {
      const text = await readFile(document, 'utf8')
      const blocks = [...text.matchAll(/^ *```sql\n([\s\S]*?)^ *```/gm)].map(([, sql = '']) =>
        sql.replace(/'<[^>]+>'/g, 'gen_random_uuid()'),
      )
      expect(blocks.length).toBeGreaterThan(2)
      const sql = postgres(as('hosted', 'of-the-tests-only'), { max: 1, onnotice: () => {} })
      for (const block of blocks) {
        const statements = block.replace(/^(begin|commit);$/gm, '')
        const error = await sql.begin((tx) => tx.unsafe(`${statements}; rollback`)).catch((thrown: unknown) => thrown)
        // Where nobody waits and nobody is an operator, our own commands refuse; anything else is a mistake of the document.
        if (error instanceof Error)
          expect(`${error} ${'code' in error ? error.code : ''}`, block).toMatch(/CWFRB|CWSTA/)
      }
      await sql.end()
    },
  )
})
