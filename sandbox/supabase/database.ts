import { App } from '@supabase/lite'
import { PostgresConnection } from '@supabase/lite/postgres'
import postgres from 'postgres'

/**
 * Makes what a hosted Supabase project has before its first migration: the roles of the API, the schema `auth` with the
 * tables and functions of Supabase Auth, and the default privileges that hand every new table in `public` to the browser
 * roles. Our migrations have to take those back, here as there. Safe to run again.
 */
export async function prepareSupabaseSchemas(adminUrl: string): Promise<void> {
  const sql = postgres(adminUrl, { max: 1, onnotice: () => {} })
  const connection = liteConnection(adminUrl)
  try {
    await sql`select pg_advisory_lock(${LOCK})`
    await sql.unsafe(ROLES)
    const [already] = await sql`select 1 from pg_namespace where nspname = 'auth'`
    await new App({
      connection,
      auth: { enabled: true, jwt_secret: 'only-used-to-create-the-schema-0000' },
    }).ensureSystemSchema()
    // Once, as on a new project: doing it again would undo what the migrations have revoked since.
    if (!already) await sql.unsafe(PRIVILEGES)
  } finally {
    await connection.close()
    await sql.end()
  }
}

/**
 * The connection Lite works through. Lite grants every table to the browser roles each time it starts; a hosted project never
 * does, so that step is answered with "done": privileges are what the migrations made them. And it answers a SQLSTATE of our own
 * with a 500 that does not name it, where PostgREST answers 400 and names it.
 */
export function liteConnection(adminUrl: string): PostgresConnection {
  const connection = new PostgresConnection({ url: adminUrl, postgresOptions: { max: 8, onnotice: () => {} } })
  const normalize = connection.normalizeDbError.bind(connection)
  Object.defineProperty(connection, 'ensureRlsContext', { value: async () => true })
  Object.defineProperty(connection, 'normalizeDbError', { value: (error: unknown) => refusal(normalize(error)) })
  return connection
}

/** A refusal of ours in the form in which a function may say a whole answer itself, which Lite takes as it is. */
function refusal(error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error) || !/^CW/.test(String(error.code))) return error
  const {
    code,
    message,
    detail = null,
    hint = null,
  } = error as Error & { code: string; detail?: string; hint?: string }
  return Object.assign(new Error(JSON.stringify({ code, message, details: detail, hint })), {
    code: 'PGRST',
    detail: JSON.stringify({ status: 400, headers: {} }),
  })
}

const LOCK = 7_203_115_202

// Roles belong to the whole cluster, which the lock does not: another database may make them at the same moment.
const ROLES = `
  do $$
  declare missing text;
  begin
    for missing in select unnest(array['anon', 'authenticated', 'service_role']) except select rolname from pg_roles loop
      begin
        execute format('create role %I nologin noinherit %s', missing, case missing when 'service_role' then 'bypassrls' else '' end);
      exception when duplicate_object or unique_violation then null;
      end;
    end loop;
  end $$;
`

const PRIVILEGES = `
  grant usage on schema public, auth to anon, authenticated, service_role;
  alter default privileges in schema public grant all on tables to anon, authenticated, service_role;
  alter default privileges in schema public grant all on sequences to anon, authenticated, service_role;
  alter default privileges in schema public grant all on functions to anon, authenticated, service_role;
`
