import { benchEnvironment } from '#bench/environment.ts'
import { withNextApp } from '#bench/next-app.ts'
import { compare, median, type Result } from '#bench/result.ts'
import { deliver } from '#bench/webhooks/load.ts'
import type { World } from '#bench/world.ts'

const ROUNDS = 5
const CONNECTIONS = 16
const COUNT = 2000

/** The route as it ships against one that only verifies the signature, in the same build of the app. */
export async function nextRoute(world: World): Promise<Result[]> {
  const database = await world.database('next_route')
  return withNextApp(world, { DATABASE_URL: database.url }, async (url) => {
    const load = (path: string) =>
      deliver({
        url: `${url}${path}`,
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
  })
}
