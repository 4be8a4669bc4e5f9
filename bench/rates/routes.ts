import { join } from 'node:path'
import autocannon from 'autocannon'
import { withNextApp } from '#bench/next-app.ts'
import { compare, median, type Result } from '#bench/result.ts'
import type { Database, World } from '#bench/world.ts'
import { startMail } from '#sandbox/mail/start.ts'
import { startSupabase } from '#sandbox/supabase/start.ts'

const ROUNDS = 5
const CONNECTIONS = 16
const COUNT = 2000

const constant = '/api/v1/rates/current/constant'
const pairs = {
  'the current price': ['/api/v1/rates/current?base=BTC&quote=USD', constant],
  'a month of history by the hour': ['/api/v1/rates/history?base=BTC&quote=USD&interval=1h', `${constant}?history`],
} as const

/** The public reads as they ship against a route on the edge that always says the same, in the same build of the app. */
export async function routes(world: World, database: Database): Promise<Result[]> {
  const mail = await startMail({ dir: join(world.folder, 'mail'), port: 0 })
  const supabase = await startSupabase({
    dir: join(world.folder, 'supabase'),
    port: 0,
    adminUrl: database.adminUrl,
    siteUrl: 'http://causeway.test',
    mail,
  })
  const environment = {
    DATABASE_URL: database.url,
    SUPABASE_URL: supabase.url,
    SUPABASE_PUBLISHABLE_KEY: supabase.publishableKey,
  }
  try {
    return await withNextApp(world, environment, async (url) => {
      const results: Result[] = []
      for (const [name, [ours, peer]] of Object.entries(pairs)) {
        // The first call reads the database, and the first of either loads the route.
        for (const path of [ours, peer]) await (await fetch(url + path)).text()
        const taken = { [ours]: [] as number[], [peer]: [] as number[] }
        for (let round = 0; round <= ROUNDS; round += 1) {
          for (const path of round % 2 === 0 ? [ours, peer] : [peer, ours]) taken[path]?.push(await load(url + path))
        }
        results.push(
          compare({
            name: `${name}, ${CONNECTIONS} connections, against a constant text`,
            // The first of each is to warm up.
            ours: median(taken[ours]?.slice(1) ?? []),
            peer: median(taken[peer]?.slice(1) ?? []),
            unit: 'requests/s',
            better: 'more',
            aim: 0.7,
            explanation:
              'Beyond Next itself: the looking up, and the headers by which it is cached, compared and read from other sites.',
          }),
        )
      }
      return results
    })
  } finally {
    await supabase.stop()
    await mail.stop()
  }
}

/** How many are answered in a second, from the first request to the last answer. Each of them with a 200. */
function load(url: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const start = performance.now()
    let end = start
    autocannon({ url, connections: CONNECTIONS, amount: COUNT }, (error, { statusCodeStats, errors }) => {
      if (error) reject(error)
      else if (statusCodeStats?.['200']?.count === COUNT && errors === 0) resolve((COUNT / (end - start)) * 1000)
      else reject(new Error(`${url}: ${JSON.stringify(statusCodeStats)}, ${errors} errors.`))
      // autocannon itself looks at its clock only once a second.
    }).on('response', () => {
      end = performance.now()
    })
  })
}
