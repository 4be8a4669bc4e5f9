import { smtpFailure, smtpTransport } from '#lib/outside/smtp.ts'
import { type Check, fail, ok, skip } from '#scripts/doctor/check.ts'

/** The mail server that operators are told by: reached, encrypted, and logged in to. No mail is sent. */
export const alertEmail: Check = {
  name: 'SMTP_URL',
  look: async ({ values, faults }) => {
    const fault = faults.find(({ name }) => name === 'SMTP_URL' || name === 'ALERT_EMAIL_TO')
    if (fault) return skip(`not asked: ${fault.name} is wrong, see variables`)
    const { SMTP_URL: url, ALERT_EMAIL_TO: to = [], ALERT_EMAIL_FROM: from } = values
    if (!url) return ok('is not set: operators get no email')
    if (to.length === 0) return fail('is set, and nobody to write to', 'Set ALERT_EMAIL_TO: who is told.')
    const { host } = new URL(url)
    const transport = smtpTransport(url)
    try {
      await transport.verify()
    } catch (error) {
      return fail(
        `${host} does not let us in: ${smtpFailure(error)}`,
        'Set SMTP_URL as your mail service shows it, with user and password percent-encoded: smtps://user:password@host:465.',
      )
    } finally {
      transport.close()
    }
    return ok(`${host} lets us in; ${to.length} are told, from ${from ? 'ALERT_EMAIL_FROM' : 'the first of them'}`)
  },
}
