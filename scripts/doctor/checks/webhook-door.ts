import { ask, reasonOf } from '#scripts/doctor/ask.ts'
import { type Check, fail, ok } from '#scripts/doctor/check.ts'

/**
 * Stripe's deliveries reach the route, and one without a signature is turned away at once. Nothing is stored by this: what is
 * not signed never gets into the inbox.
 */
export const webhookDoor: Check = {
  name: 'webhook door',
  needs: ['APP_URL'],
  look: async ({ need }) => {
    const url = `${need('APP_URL')}/api/webhooks/stripe`
    const answer = await ask(url, { method: 'POST', body: '{}' }).catch(reasonOf)
    if (typeof answer === 'string')
      return fail(`${url}: ${answer}`, 'Deploy the app, and point the domain of APP_URL to it.')
    if (answer.status === 400 && answer.code === 'invalid_signature') {
      return ok('is reached, and turns away what Stripe did not sign')
    }
    if (answer.location) {
      return fail(
        `${url} redirects to ${answer.location}, and Stripe follows no redirects`,
        'Set APP_URL, and the endpoint in Stripe, to the address that answers by itself.',
      )
    }
    return fail(
      `${url} answers ${answer.status} to an unsigned delivery, where 400 invalid_signature was expected`,
      answer.status === 401 || answer.status === 403
        ? "Turn off Vercel's deployment protection for production: Stripe cannot pass it."
        : "Look what stands before the app: a firewall or proxy answers in its place, or the app's log names the fault.",
    )
  },
}
