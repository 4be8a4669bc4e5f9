import { execFile } from 'node:child_process'
import { access, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Database, World } from '#bench/world.ts'

const run = promisify(execFile)

type Load = { name: string; script: string; clients: number; transactions: number }

/** Has pgbench run a script so many times for each client, each in a transaction of its own, and returns how many a second. */
export async function pgbench(world: World, database: Database, load: Load): Promise<number> {
  const file = join(world.folder, `${load.name}.sql`)
  await writeFile(file, load.script)
  const { stdout } = await run(
    await program(),
    // Nothing is vacuumed before: the tables of pgbench's own test are not there.
    ['-n', '-M', 'prepared', '-f', file, '-c', String(load.clients), '-t', String(load.transactions), database.url],
    { env: { ...process.env, PGCONNECT_TIMEOUT: '10' } },
  )
  const failed = /number of failed transactions: (\d+)/.exec(stdout)?.[1] ?? '0'
  const rate = /tps = ([\d.]+)/.exec(stdout)?.[1]
  if (failed !== '0' || rate === undefined) throw new Error(`pgbench did not go through:\n${stdout}`)
  return Number(rate)
}

/** Where pgbench is: Debian keeps it beside the server that it came with, and off the path. */
async function program(): Promise<string> {
  const debian = '/usr/lib/postgresql'
  const versions = await readdir(debian).catch(() => [])
  const folders = [...(process.env.PATH ?? '').split(':'), ...versions.map((version) => join(debian, version, 'bin'))]
  for (const folder of folders) {
    const file = join(folder, 'pgbench')
    const found = await access(file).then(
      () => true,
      () => false,
    )
    if (found) return file
  }
  throw new Error(
    'This bench needs pgbench, which comes with Postgres: apt-get install --no-install-recommends postgresql',
  )
}
