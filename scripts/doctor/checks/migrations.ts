import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { type Check, fail, ok, type Verdict, warn } from '#scripts/doctor/check.ts'

const folder = resolve(import.meta.dirname, '../../../supabase/migrations')
const run = 'Run the migrations: DATABASE_ADMIN_URL=… npm run db:migrate.'

/** Every file of supabase/migrations was applied, as it is, and nothing else was. */
export const migrations: Check = {
  name: 'migrations',
  needs: ['DATABASE_URL'],
  look: async ({ asWorker }): Promise<Verdict> => {
    const files = (await readdir(folder)).filter((file) => file.endsWith('.sql')).sort()
    let rows: { version: string; fingerprint: string | null }[]
    try {
      rows = [...(await asWorker((sql) => sql`select version, fingerprint from app.describe_schema()`))] as typeof rows
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined
      // No such function, schema or role: none or too few of the migrations were applied.
      if (['42883', '3F000', '22023', '42501'].includes(String(code)))
        return fail('app.describe_schema() is not there', run)
      throw error
    }
    const applied = new Map(rows.map(({ version, fingerprint }) => [version, fingerprint]))
    const versions = new Set(files.map(versionOf))
    const missing = files.filter((file) => !applied.has(versionOf(file)))
    if (missing.length > 0) return fail(`not applied: ${missing.join(', ')}`, run)
    const changed: string[] = []
    for (const file of files) {
      if (applied.get(versionOf(file)) !== fingerprintOf(await readFile(join(folder, file), 'utf8'))) changed.push(file)
    }
    if (changed.length > 0) {
      return fail(
        `applied with another text: ${changed.join(', ')}`,
        'Check out the version that was deployed; what is to change in the database goes into a new migration.',
      )
    }
    const unknown = [...applied.keys()].filter((version) => !versions.has(version))
    return unknown.length > 0
      ? warn(
          `the database has ${unknown.join(', ')}, which this checkout does not know`,
          'Check out the version that is deployed, and ask it again.',
        )
      : ok(`${files.length} applied, each as it is in supabase/migrations`)
  },
}

const versionOf = (file: string): string => file.slice(0, file.indexOf('_'))

/** As app.describe_schema() makes it: the same for a tool that records the whole text and one that records its statements. */
export function fingerprintOf(text: string): string {
  return createHash('sha256')
    .update(text.replace(/[ \t\r\n;]/g, ''))
    .digest('hex')
}
