import { outcomeOf } from '#lib/rails/circle/errors.ts'
import { health } from '#lib/rails/circle/health.ts'
import type { Rail } from '#lib/rails/rail.ts'

/** Circle, as every part that treats the rails alike sees it. */
export const circleRail: Rail = { name: 'circle', health: () => health(), outcomeOf }
