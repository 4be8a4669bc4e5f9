import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import postgres from 'postgres'
import { freePort } from '#sandbox/ports.ts'
import { removePostgres, startPostgres } from '#sandbox/postgres.ts'
import { prepareSupabaseSchemas } from '#sandbox/supabase/database.ts'
import { migrate } from '#scripts/migrate.ts'

export type Database = {
  /** The app's connection string (login role `causeway`); of an empty database, the owner's. */
  url: string
  /** The owner's connection string. */
  adminUrl: string
}

export type World = {
  /** Where this run may write. It is gone when the run is over. */
  folder: string
  /** Stays from run to run: what was installed or built for benches alone. */
  cache: string
  say(line: string): void
  /** Another migrated database on the run's one Postgres, which is durable as in production. */
  database(name: string): Promise<Database>
  /** An empty database on the same Postgres, for a peer that brings its own schema. */
  emptyDatabase(name: string): Promise<Database>
}

const CACHE = resolve(import.meta.dirname, '../.causeway/bench')
const TEMPLATE = 'template_causeway'
const PASSWORD = 'of-the-bench-only'

/** Opens what every bench needs, does the work and clears everything up but the cache, however the work ends. */
export async function withWorld<T>(say: (line: string) => void, work: (world: World) => Promise<T>): Promise<T> {
  await mkdir(CACHE, { recursive: true })
  const folder = await mkdtemp(join(CACHE, 'run-'))
  // The account that runs Postgres has to reach its files, and a folder of mkdtemp is for its maker alone.
  await chmod(folder, 0o755)
  const dir = join(folder, 'postgres')
  try {
    const server = await startPostgres({ dir, port: await freePort() })
    try {
      await makeDatabase(server.adminUrl(), TEMPLATE)
      await prepareSupabaseSchemas(server.adminUrl(TEMPLATE))
      await migrate({ adminUrl: server.adminUrl(TEMPLATE), causewayPassword: PASSWORD })
      return await work({
        folder,
        cache: CACHE,
        say,
        async database(name) {
          await makeDatabase(server.adminUrl(), name, TEMPLATE)
          const url = new URL(server.adminUrl(name))
          url.username = 'causeway'
          url.password = PASSWORD
          return { url: url.href, adminUrl: server.adminUrl(name) }
        },
        async emptyDatabase(name) {
          await makeDatabase(server.adminUrl(), name)
          return { url: server.adminUrl(name), adminUrl: server.adminUrl(name) }
        },
      })
    } finally {
      await server.stop()
    }
  } finally {
    await removePostgres(dir)
    await rm(folder, { recursive: true, force: true })
  }
}

async function makeDatabase(adminUrl: string, name: string, template = 'template1'): Promise<void> {
  const sql = postgres(adminUrl, { max: 1 })
  await sql`create database ${sql(name)} template ${sql(template)}`
  await sql.end()
}
