import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { removePostgres } from '#sandbox/postgres.ts'

/**
 * Runs a suite with a folder of its own and removes it afterwards, also when the suite was stopped in its middle: a
 * Postgres that it left running there, in `postgres` or in a `world`, is ended too.
 */
export async function inFolder<Result>(run: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'causeway-test-'))
  // The account that runs Postgres has to reach its files, and a folder of mkdtemp is for its maker alone.
  await chmod(folder, 0o755)
  try {
    return await run(folder)
  } finally {
    for (const place of ['postgres', 'world/postgres']) await removePostgres(join(folder, place))
    await rm(folder, { recursive: true, force: true })
  }
}
