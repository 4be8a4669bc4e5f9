import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { projectFiles } from '#scripts/checks/files.ts'

const DOCUMENT = 'docs/error-codes.md'

/**
 * Holds docs/error-codes.md to the source: every code a Problem is made with, every SQLSTATE a migration raises and every reason for attention has an
 * entry, and every entry is still used.
 */
export async function errorCodes(): Promise<string> {
  const source = await textOf(projectFiles('lib/**/*.ts', 'app/**/*.ts', 'app/**/*.tsx', 'proxy.ts'))
  const migrations = await textOf(projectFiles('supabase/migrations/*.sql'))
  const used = new Set([...problemCodes(source), ...databaseCodes(migrations)])
  const documented = documentedCodes(await readFile(DOCUMENT, 'utf8'))
  return [
    ...[...used]
      .filter((code) => !documented.has(code))
      .map((code) => `${code} is used but has no entry in ${DOCUMENT}`),
    ...[...documented]
      .filter((code) => !used.has(code))
      .map((code) => `${code} has an entry in ${DOCUMENT} but is used nowhere`),
  ].join('\n')
}

/**
 * The codes of the forms in which the source gives one: beside its status of 4xx or 5xx, in a call, a list or a record,
 * and as `params: { code }` or `refuse('code', …)` of a schema's own issue.
 */
export function problemCodes(source: string): string[] {
  const beside = source.matchAll(/(?:[([]|status:)\s*[45]\d\d,\s*(?:code:\s*)?'([a-z][a-z0-9_]+)'/g)
  const schemas = source.matchAll(/(?:params: \{ code: |refuse\()'([a-z0-9_]+)'/g)
  return [...beside, ...schemas].flatMap(([, code]) => code ?? [])
}

/** What the migrations say in their own codes: the SQLSTATEs they raise (CW…), what they refuse, and what a purchase may wait for. */
export function databaseCodes(sql: string): string[] {
  const codes = sql.matchAll(
    /errcode\s*=\s*'(CW[A-Z0-9]{3})'|private\.need_attention\([^,()]+,\s*'([a-z_]+)'|private\.refuse\('([a-z_]+)'/g,
  )
  return [...codes].flatMap(([, state, attention, refusal]) => state ?? attention ?? refusal ?? [])
}

/** The entries of the document: each is a heading that is the code itself. */
export function documentedCodes(markdown: string): Set<string> {
  return new Set([...markdown.matchAll(/^#{3,4} `?([A-Za-z0-9_]+)`?$/gm)].flatMap(([, code]) => code ?? []))
}

async function textOf(files: string[]): Promise<string> {
  const shipped = files.filter((file) => !/\.test\.tsx?$/.test(file) && existsSync(file))
  return (await Promise.all(shipped.map((file) => readFile(file, 'utf8')))).join('\n')
}
