import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { migrate } from '#scripts/migrate.ts'

const name = `migrate_${process.pid}_${Date.now()}`
const cluster = inject('clusterUrl')
const adminUrl = cluster.replace('DATABASE', name)
const owner = postgres(cluster.replace('DATABASE', 'postgres'), { max: 1, onnotice: () => {} })
let folder: string
let sql: postgres.Sql

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'causeway-migrations-'))
  await owner`create database ${owner(name)}`
  sql = postgres(adminUrl, { max: 1, onnotice: () => {} })
  await writeFile(join(folder, '20260101000000_first.sql'), 'create table public.things (id int);\n')
})

afterAll(async () => {
  await sql.end()
  await owner`drop database ${owner(name)}`
  await owner.end()
  await rm(folder, { recursive: true })
})

test('two at once apply each file once, and record it as the Supabase CLI does', async () => {
  const applied = await Promise.all([migrate({ adminUrl, folder }), migrate({ adminUrl, folder })])
  expect(applied.flat()).toEqual(['20260101000000_first.sql'])
  expect(await migrate({ adminUrl, folder })).toEqual([])
  expect(await sql`select version, name, statements from supabase_migrations.schema_migrations`).toEqual([
    { version: '20260101000000', name: 'first', statements: ['create table public.things (id int);\n'] },
  ])
  expect(await sql`select to_regclass('graphile_worker._private_jobs') is not null as there`).toEqual([{ there: true }])
})

test('a file that fails changes nothing and says where', async () => {
  const file = join(folder, '20260102000000_second.sql')
  await writeFile(file, 'create table public.others (id int);\n\ninsert into public.nowhere values (1);\n')
  await expect(migrate({ adminUrl, folder })).rejects.toThrow(
    'The migration 20260102000000_second.sql failed and changed nothing: relation "public.nowhere" does not exist (line 3)',
  )
  expect(await sql`select to_regclass('public.others') as there`).toEqual([{ there: null }])
  await rm(file)
})

test('a file that was changed after it was applied is refused', async () => {
  const file = join(folder, '20260101000000_first.sql')
  await writeFile(file, 'create table public.things (id bigint);\n')
  await expect(migrate({ adminUrl, folder })).rejects.toThrow('was changed after it was applied')
  await writeFile(file, 'create table public.things (id int);\n')
})

test('a file with another kind of name is refused', async () => {
  const file = join(folder, 'later.sql')
  await writeFile(file, 'select 1;\n')
  await expect(migrate({ adminUrl, folder })).rejects.toThrow('later.sql is not named <14 digits>_<name>.sql')
  await rm(file)
})
