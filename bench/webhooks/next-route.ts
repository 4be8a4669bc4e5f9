import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { benchEnvironment } from '#bench/environment.ts'
import { compare, median, type Result } from '#bench/result.ts'
import { deliver } from '#bench/webhooks/load.ts'
import type { World } from '#bench/world.ts'
import { machineEnvironment, NEXT } from '#sandbox/build.ts'
import { freePort } from '#sandbox/ports.ts'
import { startProgram } from '#sandbox/processes.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const SOURCES = ['app', 'components', 'contracts', 'docs', 'lib', 'public', 'package.json', 'tsconfig.json']
const SETTINGS = ['proxy.ts', 'instrumentation.ts', 'postcss.config.mjs']
const ROUNDS = 5
const CONNECTIONS = 16
const COUNT = 2000

/** The route as it ships against one that only verifies the signature, in the same build of the app. */
export async function nextRoute(world: World): Promise<Result[]> {
  const folder = await copyOfApp(world)
  const env = { ...machineEnvironment(), ...benchEnvironment, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' }
  world.say('  building the app with the route that only verifies')
  const build = startProgram({
    name: 'next build',
    args: [NEXT, 'build', folder],
    env: { ...env, DATABASE_URL: 'postgresql://causeway@127.0.0.1:1/none' },
    log: join(world.folder, 'build.log'),
  })
  const how = await build.exited
  if (!how.endsWith('(exit code 0)')) throw new Error(`${how}:\n${build.tail()}`)

  const database = await world.database('next_route')
  const port = await freePort()
  const program = startProgram({
    name: 'the app',
    args: [NEXT, 'start', folder, '-H', '127.0.0.1', '-p', String(port)],
    env: { ...env, DATABASE_URL: database.url },
    log: join(world.folder, 'app.log'),
  })
  try {
    await program.said(/Ready in/)
    const load = (path: string) =>
      deliver({
        url: `http://127.0.0.1:${port}${path}`,
        secret: benchEnvironment.STRIPE_WEBHOOK_SECRETS,
        connections: CONNECTIONS,
        count: COUNT,
      })
    const paths = ['/api/webhooks/stripe', '/api/webhooks/verify-only'] as const
    const rates = { [paths[0]]: [] as number[], [paths[1]]: [] as number[] }
    for (const path of paths) await load(path)
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const path of round % 2 === 0 ? paths : paths.toReversed()) rates[path].push(await load(path))
    }
    return [
      compare({
        name: `Next route, ${CONNECTIONS} connections, against one that only verifies`,
        ours: median(rates[paths[0]]),
        peer: median(rates[paths[1]]),
        unit: 'events/s',
        better: 'more',
        aim: 0.8,
        explanation: 'Beyond Next itself: the row, the log line of each request, and the limits on its body.',
      }),
    ]
  } finally {
    await program.stop()
  }
}

/** The sources as they are, and one route more. What was built before makes the next build short. */
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
  const route = join(folder, 'app/api/webhooks/verify-only')
  await mkdir(route, { recursive: true })
  await cp(join(import.meta.dirname, 'verify-only.ts'), join(route, 'route.ts'))
  return folder
}
