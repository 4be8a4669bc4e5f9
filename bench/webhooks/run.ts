import type { Result } from '#bench/result.ts'
import type { World } from '#bench/world.ts'

/** How fast webhooks are taken in, against a peer and against a route that does nothing but verify. */
export async function run(world: World): Promise<Result[]> {
  const database = await world.database('intake')
  world.say(database.url.replace(/:[^:]*@/, '@'))
  return []
}
