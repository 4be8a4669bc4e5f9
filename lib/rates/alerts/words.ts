import type { RateAlert, RateAlertWebhook } from '#lib/rates/alerts/schema.ts'

/** A line as its person drew it: its whole part in groups of three, and no zeros behind that say nothing. */
function exact(price: string): string {
  const [whole = '', fraction = ''] = price.split('.')
  const digits = fraction.replace(/0+$/, '')
  return `${whole.replace(/\B(?=(\d{3})+$)/g, ',')}${digits ? `.${digits.padEnd(2, '0')}` : ''}`
}

/** A price that was read, with as many digits as tell something. */
function readable(price: string): string {
  const size = Number(price)
  const maximumFractionDigits = size >= 100 ? 2 : size >= 1 ? 4 : 8
  // Given a text it is rounded once, whatever its length.
  return new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits }).format(
    price as Intl.StringNumericLiteral,
  )
}

const moment = (at: string): string => `${at.slice(0, 16).replace('T', ' ')} UTC`

/** What is written to whom an alert belongs. */
export function mailOf(
  { base, quote, direction, price, reached }: RateAlert,
  appUrl: string,
): { subject: string; text: string } {
  const line = `${exact(price)} ${quote}`
  const now = `${reached ? readable(reached.price) : exact(price)} ${quote}`
  return {
    subject: `${base} ${direction === 'rises_to' ? 'has risen' : 'has fallen'} to ${now}`,
    text: [
      `You asked to be told when 1 ${base} costs ${line} or ${direction === 'rises_to' ? 'more' : 'less'}.`,
      reached ? `It cost ${now} on ${moment(reached.at)}.` : '',
      '',
      `The price now: ${appUrl}/rates/${base}/${quote}`,
      `Your alerts: ${appUrl}/alerts`,
      '',
      'This alert is done. It tells you once.',
    ].join('\n'),
  }
}

/** What is posted: the alert, and the price that reached its line. */
export function webhookOf(
  { id, base, quote, direction, price, reached, events }: RateAlert,
  type: RateAlertWebhook['type'],
  now: Date,
): RateAlertWebhook {
  const triggered = events.find(({ to }) => to === 'triggered')?.at
  const timestamp = type === 'rate_alert.test' ? now.toISOString() : (triggered ?? now.toISOString())
  return { type, timestamp, data: { id, base, quote, direction, price, reached } }
}
