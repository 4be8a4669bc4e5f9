import { randomUUID } from 'node:crypto'
import { isKeyRefused, isMissing, outcomeOf } from '#lib/rails/circle/errors.ts'
import { type Check, fail, ok, warn } from '#scripts/doctor/check.ts'

/**
 * Circle takes the entity secret. It is asked to hurry a transaction that nobody made, which takes the secret and changes
 * nothing.
 */
export const circleEntitySecret: Check = {
  name: 'entity secret',
  needs: ['CIRCLE_API_KEY', 'CIRCLE_ENTITY_SECRET'],
  look: async ({ circle }) => {
    try {
      await circle().accelerateTransaction({ id: randomUUID(), idempotencyKey: randomUUID() })
    } catch (error) {
      if (isMissing(error)) return ok('is taken')
      if (isKeyRefused(error)) {
        return fail(
          'Circle refuses it, so no wallet can be made and nothing paid',
          "Set CIRCLE_ENTITY_SECRET to the secret that was registered in Circle's console; without it, reset it there with the recovery file.",
        )
      }
      if (outcomeOf(error) !== 'refused') return fail('Circle did not answer clearly', 'Ask again in a minute.')
    }
    return warn('Circle answered otherwise than it is known to', 'Make a wallet on a testnet before you rely on it.')
  },
}
