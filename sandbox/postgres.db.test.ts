import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freePort } from '#sandbox/ports.ts'
import { removePostgres, startPostgres } from '#sandbox/postgres.ts'

let base: string
let dir: string

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'causeway-postgres-'))
  await chmod(base, 0o755)
  dir = join(base, 'postgres')
})

afterAll(async () => {
  await removePostgres(dir)
  await rm(base, { recursive: true })
})

async function query(url: string, text: string) {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  return sql.unsafe(text).finally(() => sql.end())
}

test('what is written is there after a stop, and after being killed', async () => {
  const port = await freePort()
  const first = await startPostgres({ dir, port })
  await query(first.adminUrl(), 'create table kept (value int); insert into kept values (1)')
  await first.stop()

  const second = await startPostgres({ dir, port })
  await query(second.adminUrl(), 'insert into kept values (2)')
  process.kill(second.pid, 'SIGKILL')
  await second.exited

  const third = await startPostgres({ dir, port })
  expect(await query(third.adminUrl(), 'select value from kept order by value')).toMatchObject([
    { value: 1 },
    { value: 2 },
  ])
  await third.stop()
})

test('a pid file that names some other process does not keep it from starting', async () => {
  const first = await startPostgres({ dir, port: await freePort() })
  await first.stop()
  const cluster = join(dir, 'cluster')
  await writeFile(join(cluster, 'postmaster.pid'), `${process.pid}\n${cluster}\n`)
  const second = await startPostgres({ dir, port: await freePort() })
  await second.stop()
})

test('only the one with the password comes in, and only from this machine', async () => {
  const server = await startPostgres({ dir, port: await freePort() })
  const stranger = new URL(server.adminUrl())
  stranger.password = 'guess'
  await expect(query(stranger.href, 'select 1')).rejects.toThrow('password authentication failed')
  const [row] = await query(server.adminUrl(), 'show listen_addresses')
  expect(row).toEqual({ listen_addresses: '127.0.0.1' })
  await server.stop()
})
