import type { Result } from '#bench/result.ts'
import { intake } from '#bench/webhooks/intake.ts'
import { nextRoute } from '#bench/webhooks/next-route.ts'
import type { World } from '#bench/world.ts'

/** How fast webhooks are taken in: against a peer, and against a route that does nothing but verify. */
export async function run(world: World): Promise<Result[]> {
  return [...(await intake(world)), ...(await nextRoute(world))]
}
