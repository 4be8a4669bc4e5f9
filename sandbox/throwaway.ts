import { chmod, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '#sandbox/ports.ts'
import { removePostgres, startPostgres } from '#sandbox/postgres.ts'
import { prepareSupabaseSchemas } from '#sandbox/supabase/database.ts'
import { migrate } from '#scripts/migrate.ts'

/** Gives the work a freshly migrated database that nobody else uses, and removes it afterwards, however the work ends. */
export async function withFreshDatabase<T>(work: (adminUrl: string) => Promise<T>): Promise<T> {
  const dir = await mkdtemp(join(tmpdir(), 'causeway-fresh-'))
  // The account that runs Postgres has to reach its files, and a folder of mkdtemp is for its maker alone.
  await chmod(dir, 0o755)
  const server = await startPostgres({ dir, port: await freePort(), durable: false })
  try {
    await prepareSupabaseSchemas(server.adminUrl())
    await migrate({ adminUrl: server.adminUrl() })
    return await work(server.adminUrl())
  } finally {
    await server.stop()
    await removePostgres(dir)
  }
}
