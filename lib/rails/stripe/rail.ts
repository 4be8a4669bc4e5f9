import type { Rail } from '#lib/rails/rail.ts'

import { outcomeOf } from '#lib/rails/stripe/errors.ts'
import { health } from '#lib/rails/stripe/health.ts'

/** Stripe, as every part that treats the rails alike sees it. */
export const stripeRail: Rail = { name: 'stripe', health: () => health(), outcomeOf }
