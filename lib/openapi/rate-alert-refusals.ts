/** What price alerts are refused with. */
export const rateAlertRefusals = {
  rate_reached: {
    status: 422,
    title: 'Not possible as it was asked',
    detail: 'BTC costs 97012.55 USD now, so it is there already. Name another price.',
  },
  email_needed: {
    status: 422,
    title: 'Not possible as it was asked',
    detail: 'You signed in without an email address. Have a webhook called instead, or sign in with one.',
  },
  channel_unavailable: {
    status: 422,
    title: 'No email is sent here',
    detail: 'This deployment has no mail server. Have a webhook called instead.',
    field: 'channel',
  },
  webhook_refused: {
    status: 422,
    title: 'This address is not called',
    detail: "'url' is on a public address; private networks and this machine are never called.",
    field: 'url',
  },
  too_many_rate_alerts: {
    status: 422,
    title: 'Not possible as it was asked',
    detail: 'A person has twenty price alerts waiting at most. End one first.',
  },
} as const
