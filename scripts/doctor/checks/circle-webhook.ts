import { z } from 'zod'
import { refusalOf } from '#lib/rails/circle/errors.ts'
import { type Check, fail, ok, type Verdict, warn } from '#scripts/doctor/check.ts'

const Subscriptions = z.array(
  z.object({ endpoint: z.string(), enabled: z.boolean(), notificationTypes: z.array(z.string()).nullish() }),
)

const needed = ['transactions.outbound', 'transactions.inbound']
const covers = (given: string, wanted: string) => given === '*' || given === wanted || given === 'transactions.*'

/** Circle knows our address and tells us of transactions. What it does not tell is read again by the worker, only later. */
export const circleWebhook: Check = {
  name: 'webhook subscription',
  needs: ['CIRCLE_API_KEY', 'CIRCLE_ENTITY_SECRET', 'APP_URL'],
  look: async ({ circle, need }): Promise<Verdict> => {
    const wanted = `${need('APP_URL')}/api/webhooks/circle`
    const step = `Add one in Circle's console, Developer, Webhooks: ${wanted}, all notifications of transactions.`
    const answer = await circle()
      .listSubscriptions()
      .catch((error: unknown) => refusalOf(error).code)
    const subscriptions = Subscriptions.safeParse(typeof answer === 'string' ? undefined : answer.data).data
    if (!subscriptions) return warn('Circle does not list its subscriptions', step)
    const ours = subscriptions.find(({ endpoint }) => endpoint === wanted)
    if (!ours) return fail(`none of ${subscriptions.length} subscriptions is for ${wanted}`, step)
    if (!ours.enabled) return fail('it is disabled', "Enable it in Circle's console, Developer, Webhooks.")
    const types = ours.notificationTypes
    const missing = types ? needed.filter((type) => !types.some((given) => covers(given, type))) : []
    return missing.length > 0 ? fail(`it is not told of ${missing.join(' and ')}`, step) : ok('is enabled')
  },
}
