import Stripe from 'stripe'
import { refusalOf } from '#lib/rails/stripe/errors.ts'
import { onrampEventTypes } from '#lib/rails/stripe/events.ts'
import { type Check, fail, ok, type Verdict, warn } from '#scripts/doctor/check.ts'

/** Stripe knows our address, delivers there, and delivers what the onramp needs. */
export const stripeWebhook: Check = {
  name: 'webhook endpoint',
  needs: ['STRIPE_SECRET_KEY', 'APP_URL'],
  look: async ({ stripe, need, values }): Promise<Verdict> => {
    const wanted = `${need('APP_URL')}/api/webhooks/stripe`
    let endpoints: Stripe.WebhookEndpoint[]
    try {
      endpoints = await stripe().webhookEndpoints.list({ limit: 100 }).autoPagingToArray({ limit: 1000 })
    } catch (error) {
      if (error instanceof Stripe.errors.StripePermissionError) {
        return warn(
          'the restricted key may not list the endpoints',
          'Give the key the permission to read webhook endpoints, or look in the dashboard.',
        )
      }
      return fail(`Stripe does not list its endpoints (${refusalOf(error).code})`, 'Mend the key first.')
    }
    const endpoint = endpoints.find(({ url }) => url === wanted)
    if (!endpoint) {
      const close = endpoints.find(({ url }) => url.replace(/\/$/, '').endsWith('/api/webhooks/stripe'))
      return fail(
        close
          ? `there is none for ${wanted}; there is one for ${close.url}`
          : `none of ${endpoints.length} endpoints is for ${wanted}`,
        `Add one in Stripe's dashboard, Developers, Webhooks: ${wanted}, event ${onrampEventTypes[0]}; put its secret into STRIPE_WEBHOOK_SECRETS.`,
      )
    }
    if (endpoint.status !== 'enabled') {
      return fail(
        `${endpoint.id} is ${endpoint.status}`,
        `Enable ${endpoint.id} in Stripe's dashboard; what was missed is read again by the worker.`,
      )
    }
    if (!endpoint.enabled_events.some((type) => type === '*' || onrampEventTypes.some((known) => known === type))) {
      return fail(
        `${endpoint.id} is not told of onramp sessions`,
        `Add the event ${onrampEventTypes[0]} to ${endpoint.id} in Stripe's dashboard.`,
      )
    }
    const secrets = values.STRIPE_WEBHOOK_SECRETS?.length ?? 0
    return ok(
      `${endpoint.id} is enabled${secrets > 1 ? `; ${secrets} secrets are accepted, so a rotation is under way` : ''}`,
    )
  },
}
