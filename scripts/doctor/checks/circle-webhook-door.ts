import { ask, reasonOf } from '#scripts/doctor/ask.ts'
import { type Check, fail, ok } from '#scripts/doctor/check.ts'

/** Circle finds the route, as it asks before it sends, and a delivery without a signature is turned away at once. Nothing is stored by this. */
export const circleWebhookDoor: Check = {
  name: "Circle's webhook door",
  needs: ['APP_URL'],
  look: async ({ need }) => {
    const url = `${need('APP_URL')}/api/webhooks/circle`
    const found = await ask(url, { method: 'HEAD' }).catch(reasonOf)
    if (typeof found === 'string')
      return fail(`${url}: ${found}`, 'Deploy the app, and point the domain of APP_URL to it.')
    if (found.status !== 200) {
      return fail(
        `${url} answers ${found.status} to HEAD, where 200 was expected`,
        'Look what stands before the app: Circle sends nothing to an address that does not answer HEAD.',
      )
    }
    const answer = await ask(url, { method: 'POST', body: '{}' }).catch(reasonOf)
    if (typeof answer !== 'string' && answer.status === 400 && answer.code === 'invalid_signature') {
      return ok('is found, and turns away what Circle did not sign')
    }
    return fail(
      `${url} answers ${typeof answer === 'string' ? answer : answer.status} to an unsigned delivery, where 400 invalid_signature was expected`,
      'Deploy the app with the same CIRCLE_ variables, or look what stands before it.',
    )
  },
}
