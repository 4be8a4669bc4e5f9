import postgres from 'postgres'
import { inserts } from '#bench/rates/inserts.ts'
import { routes } from '#bench/rates/routes.ts'
import { statisticsOfAll } from '#bench/rates/statistics.ts'
import { seedYear } from '#bench/rates/stored.ts'
import type { Result } from '#bench/result.ts'
import type { World } from '#bench/world.ts'

/** How fast prices are written, what their statistics cost, and how fast both are read over the API. */
export async function run(world: World): Promise<Result[]> {
  const inserted = await inserts(world)
  const database = await world.database('rates')
  const sql = postgres(database.adminUrl, { max: 1, onnotice: () => {} })
  try {
    world.say('  writing a year of ticks for each pair')
    await seedYear(sql)
    return [...inserted, ...(await statisticsOfAll(sql)), ...(await routes(world, database))]
  } finally {
    await sql.end()
  }
}
