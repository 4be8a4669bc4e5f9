import type { Network } from '#lib/money/assets.ts'
import { outcomeOf } from '#lib/rails/chain/errors.ts'
import { health } from '#lib/rails/chain/health.ts'
import type { Rail } from '#lib/rails/rail.ts'

/** One chain, as every part that treats the rails alike sees it. */
export function chainRail(network: Network): Rail {
  return { name: network, health: () => health(network), outcomeOf }
}
