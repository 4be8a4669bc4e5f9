import { chmod, mkdir, mkdtemp } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import type { TestProject } from 'vitest/node'
import { removePostgres, startPostgres } from '#sandbox/postgres.ts'
import { prepareSupabaseSchemas } from '#sandbox/supabase/database.ts'
import { migrate } from '#scripts/migrate.ts'

export const CAUSEWAY_PASSWORD = 'of-the-tests-only'
export const TEMPLATE = 'template_causeway'

declare module 'vitest' {
  interface ProvidedContext {
    /** The admin's connection string to the tests' cluster, with `DATABASE` where the database's name belongs. */
    clusterUrl: string
  }
}

let end: () => Promise<void> = async () => {}

/** Starts one Postgres for the whole run and migrates the template that every test file's database is a copy of. */
export async function setup(project: TestProject): Promise<void> {
  const dir = process.env.CAUSEWAY_TEST_POSTGRES ?? (await mkdtemp(join(tmpdir(), 'causeway-db-')))
  await mkdir(dir, { recursive: true })
  // The account that runs Postgres has to reach its files, and a folder of mkdtemp is for its maker alone.
  await chmod(dir, 0o755)
  const server = await startPostgres({ dir, port: await freePort(), durable: false })
  end = async () => {
    await server.stop()
    await removePostgres(dir)
  }
  try {
    const admin = postgres(server.adminUrl(), { max: 1 })
    await admin`create database ${admin(TEMPLATE)}`
    await admin.end()
    await prepareSupabaseSchemas(server.adminUrl(TEMPLATE))
    await migrate({ adminUrl: server.adminUrl(TEMPLATE), causewayPassword: CAUSEWAY_PASSWORD })
  } catch (error) {
    await end()
    throw error
  }
  project.provide('clusterUrl', server.adminUrl('DATABASE'))
}

export async function teardown(): Promise<void> {
  await end()
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('No free port.')),
      )
    })
  })
}
