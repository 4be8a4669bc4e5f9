import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { benchEnvironment } from '#bench/environment.ts'
import type { World } from '#bench/world.ts'
import { machineEnvironment, NEXT } from '#sandbox/build.ts'
import { freePort } from '#sandbox/ports.ts'
import { startProgram } from '#sandbox/processes.ts'

const ROOT = resolve(import.meta.dirname, '..')
const SOURCES = ['app', 'components', 'contracts', 'docs', 'lib', 'public', 'package.json', 'tsconfig.json']
const SETTINGS = ['proxy.ts', 'instrumentation.ts', 'postcss.config.mjs']

/** The routes that ours are measured against, and where each stands in the copy of the app. None of them is in the app itself. */
const PEERS = {
  'api/webhooks/verify-only': 'webhooks/verify-only.ts',
  // Where the proxy lets it pass as it does ours.
  'api/v1/rates/current/constant': 'rates/constant.ts',
}

let built: Promise<string> | undefined

/** Runs the app as built for production, with the peers' routes beside its own. It is built once a run. */
export async function withNextApp<T>(
  world: World,
  environment: Record<string, string>,
  work: (url: string) => Promise<T>,
): Promise<T> {
  built ??= buildApp(world)
  const folder = await built
  const port = await freePort()
  const program = startProgram({
    name: 'the app',
    args: [NEXT, 'start', folder, '-H', '127.0.0.1', '-p', String(port)],
    env: { ...nextEnvironment(), ...environment },
    log: join(world.folder, 'app.log'),
  })
  try {
    await program.said(/Ready in/)
    return await work(`http://127.0.0.1:${port}`)
  } finally {
    await program.stop()
  }
}

function nextEnvironment(): Record<string, string> {
  return { ...machineEnvironment(), ...benchEnvironment, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' }
}

async function buildApp(world: World): Promise<string> {
  const folder = await copyOfApp(world)
  world.say('  building the app with the routes that ours are measured against')
  const build = startProgram({
    name: 'next build',
    args: [NEXT, 'build', folder],
    env: { ...nextEnvironment(), DATABASE_URL: 'postgresql://causeway@127.0.0.1:1/none' },
    log: join(world.folder, 'build.log'),
  })
  const how = await build.exited
  if (!how.endsWith('(exit code 0)')) throw new Error(`${how}:\n${build.tail()}`)
  return folder
}

/** The sources as they are, and the peers' routes. What was built before makes the next build short. */
async function copyOfApp({ cache }: World): Promise<string> {
  const folder = join(cache, 'next')
  await mkdir(folder, { recursive: true })
  for (const name of [...SOURCES, ...SETTINGS]) {
    await rm(join(folder, name), { recursive: true, force: true })
    await cp(join(ROOT, name), join(folder, name), {
      recursive: true,
      filter: (path) => !/\.test\.tsx?$/.test(path),
    })
  }
  const settings = await readFile(join(ROOT, 'next.config.mjs'), 'utf8')
  await writeFile(join(folder, 'product.config.mjs'), settings)
  await writeFile(
    join(folder, 'next.config.mjs'),
    `import product from './product.config.mjs'
export default { ...product, typescript: { ignoreBuildErrors: true }, turbopack: { root: ${JSON.stringify(ROOT)} } }
`,
  )
  for (const [path, source] of Object.entries(PEERS)) {
    const route = join(folder, 'app', path)
    await mkdir(route, { recursive: true })
    await cp(join(import.meta.dirname, source), join(route, 'route.ts'))
  }
  return folder
}
