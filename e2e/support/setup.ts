import { mkdtempSync } from 'node:fs'
import { chmod, mkdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { removePostgres } from '#sandbox/postgres.ts'
import { up } from '#sandbox/up.ts'

/**
 * Starts a world of the tests' own, beside any other, and ends it without a trace. With CAUSEWAY_DEMO naming the
 * demo.json of a running world, that one is used instead and left as it is.
 */
export default async function setup(): Promise<() => Promise<void>> {
  if (process.env.CAUSEWAY_DEMO) return async () => {}
  const dir = process.env.CAUSEWAY_TEST_WORLD ?? mkdtempSync(join(tmpdir(), 'causeway-e2e-'))
  await mkdir(dir, { recursive: true })
  // The account that runs Postgres has to reach its files, and a folder of mkdtemp is for its maker alone.
  await chmod(dir, 0o755)
  const world = await up({ dir, anyPorts: true, say: (line) => process.stdout.write(`${line}\n`) })
  process.env.CAUSEWAY_DEMO = join(dir, 'demo.json')
  return async () => {
    await world.stop()
    await removePostgres(join(dir, 'postgres'))
    await rm(dir, { recursive: true, force: true })
  }
}
