import { reasonOf } from '#scripts/doctor/ask.ts'
import { type Check, fail, ok, skip, warn } from '#scripts/doctor/check.ts'

const step =
  'Make an incoming webhook in your chat (Slack: an app with "Incoming Webhooks"; Discord: channel, Integrations) and set its address.'

/** The chat that operators are told by. Its server is asked for nothing, and nothing is posted: only whether somebody is there. */
export const alertChat: Check = {
  name: 'ALERT_WEBHOOK_URL',
  look: async ({ values, faults }) => {
    if (faults.some(({ name }) => name === 'ALERT_WEBHOOK_URL')) return skip('not asked: it is malformed')
    const { ALERT_WEBHOOK_URL: url, SMTP_URL: smtp } = values
    if (!url) {
      return smtp
        ? ok('is not set: operators are told by email')
        : warn('is not set, and SMTP_URL neither: nobody is told when a purchase needs a person', step)
    }
    // The address with its secret path stays here: the server's own front page tells as much.
    const { origin, host } = new URL(url)
    const failure = await fetch(origin, { redirect: 'manual', signal: AbortSignal.timeout(10_000) }).then(
      (answer) => answer.body?.cancel(),
      reasonOf,
    )
    return typeof failure === 'string' ? fail(`${host}: ${failure}`, step) : ok(`is set; ${host} answers`)
  },
}
