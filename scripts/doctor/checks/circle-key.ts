import { isKeyRefused, outcomeOf } from '#lib/rails/circle/errors.ts'
import { type Check, fail, ok } from '#scripts/doctor/check.ts'

/** Circle takes the API key, and what it moves: real money or none. */
export const circleKey: Check = {
  name: 'key',
  needs: ['CIRCLE_API_KEY', 'CIRCLE_ENTITY_SECRET'],
  look: async ({ circle, need }) => {
    const isTest = need('CIRCLE_API_KEY').startsWith('TEST_')
    try {
      await circle().getPublicKey()
      return ok(`is taken; ${isTest ? 'testnets: no real money' : 'mainnets: real money'}`)
    } catch (error) {
      if (isKeyRefused(error)) {
        return fail(
          'Circle refuses it',
          "Copy CIRCLE_API_KEY again from Circle's console, Keys: a standard key, not one for user-controlled wallets.",
        )
      }
      return fail(
        outcomeOf(error) === 'unavailable' ? 'Circle cannot be reached' : 'Circle did not answer clearly',
        'Ask again in a minute; then look at https://status.circle.com and at what filters outgoing connections here.',
      )
    }
  },
}
