import { readdir, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { fundAgent } from '#sandbox/agent.ts'
import { startApp, startWorker } from '#sandbox/app.ts'
import { buildApp } from '#sandbox/build.ts'
import { type Demo, describeDemo, signpost, writeFacts } from '#sandbox/demo.ts'
import { openDoorstep } from '#sandbox/doorstep.ts'
import { appEnvironment } from '#sandbox/environment.ts'
import type { Served } from '#sandbox/http/serve.ts'
import { claim } from '#sandbox/lock.ts'
import { choosePorts } from '#sandbox/ports.ts'
import { endStrayPostgres, removePostgres } from '#sandbox/postgres.ts'
import { readRatesNow } from '#sandbox/prices/first-reading.ts'
import { keptSecrets } from '#sandbox/secrets.ts'
import { startServices } from '#sandbox/services.ts'
import { openStage } from '#sandbox/stage.ts'

export type UpOptions = {
  /** Where all state is kept. */
  dir?: string
  /** Forgets everything first. */
  reset?: boolean
  /** Serves the sources as they are and follows their changes, instead of a build. */
  dev?: boolean
  /** Takes any free ports instead of the well-known ones: for a world beside another. */
  anyPorts?: boolean
  /** False for everything but the app and its worker. */
  app?: boolean
  /** Ends the start before it is complete. */
  signal?: AbortSignal
  say?: (line: string) => void
}

export type World = {
  demo: Demo
  /** The app's configuration in this world. */
  env: Record<string, string>
  /** Resolves to a sentence when a part of the world ended by itself. */
  failure: Promise<string>
  stop(): Promise<void>
}

const DIR = resolve(import.meta.dirname, '../.causeway')
/** Costly to make and the same in every world. */
const CACHES = ['contracts']

/** Brings up a whole local world and resolves when its app answers. When it fails, nothing is left running. */
export async function up(options: UpOptions = {}): Promise<World> {
  const { dir = DIR, reset = false, dev = false, anyPorts = false, app = true, signal, say = () => {} } = options
  const release = claim(dir)
  const stage = openStage(say, signal)
  let doorstep: Served | undefined
  try {
    await endStrayPostgres(join(dir, 'postgres'))
    if (reset) await stage.step('reset', () => forget(dir))
    const ports = await choosePorts(dir, { anyFree: anyPorts })
    doorstep = await openDoorstep(ports.app)
    const secrets = await keptSecrets(dir)
    const services = await startServices({ dir, ports, secrets, stage, durable: !anyPorts })
    const env = appEnvironment(services, secrets)
    const demo = describeDemo(services, secrets)
    await writeFacts(dir, 'env.json', env)
    await writeFacts(dir, 'demo.json', demo)
    if (app) {
      const logs = join(dir, 'logs')
      if (!dev)
        await stage.step('build', () =>
          buildApp({ log: join(logs, 'build.log'), say: (line) => say(`  … ${line}`), signal }),
        )
      await doorstep.stop()
      const programs = [
        await stage.start('app', () => startApp({ url: services.appUrl, env, logs, dev, signal })),
        await stage.start('worker', () => startWorker({ env, logs, signal })),
      ]
      for (const { exited, tail } of programs) stage.watch(exited, tail)
      await stage.step('rates', () => readRatesNow(services))
      await stage.step('agent', () => fundAgent(services, secrets))
    }
    await doorstep.stop()
    return { demo, env, failure: stage.failure, stop: () => stage.stop().finally(release) }
  } catch (error) {
    await doorstep?.stop()
    await stage.stop().catch(() => {})
    release()
    throw error
  }
}

async function forget(dir: string): Promise<void> {
  await removePostgres(join(dir, 'postgres'))
  const kept = [...CACHES, 'owner']
  for (const name of await readdir(dir))
    if (!kept.includes(name)) await rm(join(dir, name), { recursive: true, force: true })
}

if (import.meta.main) await main()

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { reset: { type: 'boolean' }, dev: { type: 'boolean' } } })
  const say = (line: string) => process.stdout.write(`${line}\n`)
  const asked = new AbortController()
  // Ctrl-C reaches this process twice: from the terminal, and passed on by scripts/run.mjs.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => asked.abort())
  say('Starting the local world:')
  const { signal } = asked
  const world = await up({ reset: values.reset ?? false, dev: values.dev ?? false, signal, say }).catch(
    (error: unknown) => {
      if (!signal.aborted)
        process.stderr.write(
          `\nThe local world did not start. ${error instanceof Error ? error.message : String(error)}\n`,
        )
      process.exit(signal.aborted ? 130 : 1)
    },
  )
  say(`\n${signpost(world.demo)}\n\nCauseway is ready: ${world.demo.app}`)
  const failure = await Promise.race([world.failure, aborted(signal)])
  if (failure) process.stderr.write(`\n${failure}\n`)
  say('\nStopping.')
  await world.stop()
  process.exit(failure ? 1 : 0)
}

function aborted(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(undefined)
    signal.addEventListener('abort', () => resolve(undefined), { once: true })
  })
}
