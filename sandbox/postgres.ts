import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { createWriteStream, existsSync } from 'node:fs'
import { chmod, chown, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Account, type PostgresPlace, postgresPlace } from '#sandbox/postgres-account.ts'
import { commandOf } from '#sandbox/processes.ts'

export type Postgres = {
  port: number
  pid: number
  adminUrl(database?: string): string
  exited: Promise<void>
  stop(): Promise<void>
}

export type PostgresOptions = {
  dir: string
  port: number
  /** False trades the survival of a power cut for speed: right for tests, wrong for the demo. */
  durable?: boolean
}

/**
 * Starts the Postgres cluster of `dir` on loopback, creating it the first time, and resolves when it accepts connections.
 * The password is generated once and kept beside the cluster. A server left over by a killed run is stopped first.
 */
export async function startPostgres({ dir, port, durable = true }: PostgresOptions): Promise<Postgres> {
  await mkdir(dir, { recursive: true })
  const place = await postgresPlace(dir)
  const cluster = join(place.home, 'cluster')
  const password = await keptPassword(dir)
  if (!existsSync(join(cluster, 'PG_VERSION'))) await createCluster(place, cluster, password, durable)
  await recover(cluster)
  const child = await serveOnceFree({ place, cluster, port, durable, log: join(dir, 'postgres.log') })
  // However this process ends, short of being killed outright, the server goes with it.
  const end = () => child.kill('SIGINT')
  process.once('exit', end)
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  void exited.then(() => process.off('exit', end))
  return {
    port,
    pid: child.pid ?? 0,
    adminUrl: (database = 'postgres') => `postgresql://postgres:${password}@127.0.0.1:${port}/${database}`,
    exited,
    async stop() {
      // SIGINT is Postgres' fast shutdown: it ends the clients and writes everything down.
      if (child.exitCode === null && child.signalCode === null) end()
      await exited
    },
  }
}

/** Ends the server a killed run left behind over the cluster of `dir`, if there is one; its port is free again afterwards. */
export async function endStrayPostgres(dir: string): Promise<void> {
  const place = await postgresPlace(dir)
  await recover(join(place.home, 'cluster'))
}

/** Removes the cluster of `dir`, wherever it lives, and ends what still runs on it. */
export async function removePostgres(dir: string): Promise<void> {
  const place = await postgresPlace(dir)
  await recover(join(place.home, 'cluster'))
  await rm(place.home, { recursive: true, force: true })
  await rm(dir, { recursive: true, force: true })
}

async function keptPassword(dir: string): Promise<string> {
  const file = join(dir, 'password')
  const kept = await readFile(file, 'utf8').catch(() => undefined)
  if (kept) return kept
  const password = randomBytes(24).toString('base64url')
  await writeFile(file, password, { mode: 0o600 })
  return password
}

async function createCluster(place: PostgresPlace, cluster: string, password: string, durable: boolean): Promise<void> {
  await rm(cluster, { recursive: true, force: true })
  await mkdir(place.home, { recursive: true })
  await chmod(place.home, 0o755)
  await mkdir(cluster, { mode: 0o700 })
  if (place.account) await chown(cluster, place.account.uid, place.account.gid)
  const passwordFile = join(place.home, '.initdb-password')
  await writeFile(passwordFile, password, { mode: 0o600 })
  if (place.account) await chown(passwordFile, place.account.uid, place.account.gid)
  try {
    execFileSync(
      join(place.bin, 'initdb'),
      [
        `--pgdata=${cluster}`,
        '--username=postgres',
        '--auth=scram-sha-256',
        `--pwfile=${passwordFile}`,
        '--encoding=UTF8',
      ]
        .concat(['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'])
        .concat(durable ? [] : ['--no-sync']),
      { ...as(place.account), stdio: 'pipe' },
    )
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error)
    throw new Error(`Postgres could not create its files in ${cluster}: ${said.trim()}`)
  } finally {
    await rm(passwordFile, { force: true })
  }
}

/** Postgres refuses to start while postmaster.pid names a living process, even one that merely inherited the number. */
async function recover(cluster: string): Promise<void> {
  const file = join(cluster, 'postmaster.pid')
  const pid = Number((await readFile(file, 'utf8').catch(() => '')).split('\n')[0])
  if (!pid) return
  if (commandOf(pid).includes(cluster)) {
    process.kill(pid, 'SIGINT')
    await until(() => commandOf(pid) === '')
  }
  await rm(file, { force: true })
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 50))
}

type Serve = { place: PostgresPlace; cluster: string; port: number; durable: boolean; log: string }

/**
 * The helpers of a server that was killed outlive it for a moment and still hold its memory; Postgres says so and ends.
 * On a busy machine the moment is long, so it is asked again for up to ten seconds.
 */
async function serveOnceFree(options: Serve): Promise<ChildProcess> {
  const giveUpAt = Date.now() + 10_000
  for (;;) {
    try {
      return await serve(options)
    } catch (error) {
      const held = error instanceof Error && error.message.includes('pre-existing shared memory block')
      if (!held || Date.now() > giveUpAt) throw error
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
}

function serve({ place, cluster, port, durable, log }: Serve): Promise<ChildProcess> {
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    timezone: 'UTC',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  }
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  // Its own process group: Ctrl-C in the terminal must not take the database away from parts that are still shutting down.
  const child = spawn(join(place.bin, 'postgres'), ['-D', cluster, '-p', String(port), ...flags], {
    ...as(place.account),
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  return new Promise((resolve, reject) => {
    const tail: string[] = []
    const file = createWriteStream(log, { flags: 'a' })
    child.stderr.on('data', (chunk: Buffer) => {
      file.write(chunk)
      tail.push(chunk.toString())
      if (tail.length > 20) tail.shift()
      if (chunk.includes('database system is ready to accept connections')) resolve(child)
    })
    child.once('error', reject)
    child.once('exit', () => {
      file.end()
      reject(new Error(`Postgres stopped before it was ready: ${tail.join('').trim()}`))
    })
  })
}

function as(account: Account | undefined) {
  return { env: { ...process.env, LC_ALL: 'C' }, ...(account ? { uid: account.uid, gid: account.gid } : {}) }
}
