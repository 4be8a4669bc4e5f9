import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { glob, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { startProgram } from '#sandbox/processes.ts'

const ROOT = resolve(import.meta.dirname, '..')
export const NEXT = join(ROOT, 'node_modules/next/dist/bin/next')
const STAMP = join(ROOT, '.next/causeway-sources')
const SOURCES = ['{app,components,lib,public}/**/*', '{proxy,instrumentation}.ts', '*.config.{mjs,ts}']
const SETTINGS = ['tsconfig.json', 'package-lock.json']

export type BuildOptions = { log: string; say: (line: string) => void; signal?: AbortSignal | undefined }

/**
 * Builds the app unless exactly these sources are built already. The build sees no world's addresses or keys, only the
 * given stand-ins: what it makes must serve any world.
 */
export async function buildApp({ log, say, signal }: BuildOptions): Promise<void> {
  const wanted = await sourcesHash()
  const built = await readFile(STAMP, 'utf8').catch(() => undefined)
  if (built === wanted && existsSync(join(ROOT, '.next/BUILD_ID'))) return
  say('building the app; this happens only when its sources have changed')
  const program = startProgram({ name: 'next build', args: [NEXT, 'build'], env: buildEnvironment(), log, signal })
  const how = await program.exited
  if (!how.endsWith('(exit code 0)')) throw new Error(`${how}:\n${program.tail()}`)
  await writeFile(STAMP, wanted)
}

async function sourcesHash(): Promise<string> {
  const hash = createHash('sha256').update(process.versions.node)
  const files: string[] = []
  for await (const file of glob([...SOURCES, ...SETTINGS], { cwd: ROOT, withFileTypes: true })) {
    if (file.isFile() && !file.name.includes('.test.')) files.push(join(file.parentPath, file.name))
  }
  for (const file of files.sort()) hash.update(`\n${file.slice(ROOT.length)}\n`).update(await readFile(file))
  return hash.digest('hex')
}

function buildEnvironment(): Record<string, string> {
  return {
    ...machineEnvironment(),
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    APP_URL: 'http://causeway.invalid',
    APP_SECRET: 'only-while-building-0000000000000000',
    DATABASE_URL: 'postgresql://causeway@127.0.0.1:1/none',
    SUPABASE_URL: 'http://127.0.0.1:1',
    SUPABASE_PUBLISHABLE_KEY: 'sb_publishable_only_while_building',
    STRIPE_SECRET_KEY: 'sk_test_only_while_building',
    STRIPE_WEBHOOK_SECRETS: 'whsec_only_while_building',
  }
}

/** What a program needs of this machine's environment. The rest stays out: a world must not pick up real keys. */
export function machineEnvironment(): Record<string, string> {
  const names = [
    'PATH',
    'HOME',
    'TMPDIR',
    'TEMP',
    'SystemRoot',
    'LANG',
    'LC_ALL',
    'TZ',
    'CI',
    'NODE_EXTRA_CA_CERTS',
    'NODE_OPTIONS',
  ]
  return Object.fromEntries(
    names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  )
}
