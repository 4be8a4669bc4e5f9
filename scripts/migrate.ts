import { readdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { Logger, runMigrations } from 'graphile-worker'
import postgres, { type Sql } from 'postgres'
import { trustAuthority } from '#lib/db/trust.ts'

export type MigrateOptions = {
  /** The owner's connection: the role that is to own every object. */
  adminUrl: string
  /** Where given, the login role `causeway` gets this password once the migrations have made it. */
  causewayPassword?: string
  folder?: string
}

const FOLDER = resolve(import.meta.dirname, '../supabase/migrations')
// Any constant does, as long as every migrating process uses the same.
const LOCK = 7_203_115_201

/**
 * Brings the database to the newest schema: graphile-worker's own migrations, then supabase/migrations/*.sql in name order,
 * each in one transaction, recorded as the Supabase CLI records them. Running it again, or twice at once, changes nothing.
 * Resolves to the names of the files it applied.
 */
export async function migrate({ adminUrl, causewayPassword, folder = FOLDER }: MigrateOptions): Promise<string[]> {
  const sql = postgres(adminUrl, { max: 1, onnotice: () => {} })
  try {
    await sql`select pg_advisory_lock(${LOCK})`
    await runMigrations({ connectionString: adminUrl, logger: silent })
    const applied = await applyFiles(sql, folder)
    if (causewayPassword !== undefined) await setPassword(sql, causewayPassword)
    return applied
  } finally {
    await sql.end()
  }
}

async function applyFiles(sql: Sql, folder: string): Promise<string[]> {
  await sql.unsafe(`
    create schema if not exists supabase_migrations;
    create table if not exists supabase_migrations.schema_migrations (version text primary key, statements text[], name text);
  `)
  const rows = await sql<{ version: string; statements: string[] | null }[]>`
    select version, statements from supabase_migrations.schema_migrations`
  const recorded = new Map(rows.map((row) => [row.version, row.statements]))
  const applied: string[] = []
  for (const { file, version, name } of await migrationFiles(folder)) {
    const text = await readFile(join(folder, file), 'utf8')
    const statements = recorded.get(version)
    if (statements === undefined) {
      await applyFile(sql, { file, version, name, text })
      applied.push(file)
    } else if (statements?.length === 1 && statements[0] !== text) {
      throw new Error(
        `${file} was changed after it was applied to this database. Restore it and add a new migration; a local world can be cleared with: npm run demo -- --reset`,
      )
    }
  }
  return applied
}

type Migration = { file: string; version: string; name: string; text: string }

async function applyFile(sql: Sql, { file, version, name, text }: Migration): Promise<void> {
  try {
    await sql.begin(async (tx) => {
      await tx.unsafe(text)
      await tx`insert into supabase_migrations.schema_migrations (version, name, statements) values (${version}, ${name}, ${[text]})`
    })
  } catch (error) {
    throw new Error(`The migration ${file} failed and changed nothing: ${reason(error, text)}`, { cause: error })
  }
}

function reason(error: unknown, text: string): string {
  if (!(error instanceof postgres.PostgresError)) return String(error)
  const position = Number(error.position ?? 0)
  const line = position > 0 ? ` (line ${text.slice(0, position).split('\n').length})` : ''
  return [`${error.message}${line}`, error.detail, error.hint, error.where].filter(Boolean).join(' — ')
}

async function migrationFiles(folder: string): Promise<{ file: string; version: string; name: string }[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.sql')).sort()
  return files.map((file) => {
    const [, version, name] = /^(\d{14})_([a-z0-9_]+)\.sql$/.exec(file) ?? []
    if (version === undefined || name === undefined) throw new Error(`${file} is not named <14 digits>_<name>.sql`)
    return { file, version, name }
  })
}

async function setPassword(sql: Sql, password: string): Promise<void> {
  const [row] = await sql<{ statement: string }[]>`
    select format('alter role causeway login password %L', ${password}::text) as statement
    from pg_roles where rolname = 'causeway'`
  if (row) await sql.unsafe(row.statement)
}

const quiet = () => {}
const silent = new Logger(() => quiet)

if (import.meta.main) await main()

async function main(): Promise<void> {
  const adminUrl = process.env.DATABASE_ADMIN_URL
  if (!adminUrl) {
    process.stderr.write('DATABASE_ADMIN_URL is not set: the connection string of the role that owns the schema.\n')
    process.exit(1)
  }
  const { CAUSEWAY_PASSWORD: causewayPassword, DATABASE_CA: authority } = process.env
  if (authority) trustAuthority(authority.replaceAll('\\n', '\n'))
  const applied = await migrate({ adminUrl, ...(causewayPassword ? { causewayPassword } : {}) })
  process.stdout.write(applied.length === 0 ? 'The schema is up to date.\n' : `Applied ${applied.join(', ')}.\n`)
}
