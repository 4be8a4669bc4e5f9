import type { CreatedRateAlert, RateAlert, RateAlertWebhook } from '#lib/rates/alerts/schema.ts'

// One price alert, made, reached and told. The tests hold each example to its schema.

export const armedAlert: RateAlert = {
  id: '0197b3a1-2b3c-7d4e-8f50-6a7b8c9d0e1f',
  status: 'armed',
  base: 'BTC',
  quote: 'USD',
  direction: 'rises_to',
  price: '120000',
  channel: 'webhook',
  url: 'https://example.com/hooks/rates',
  reached: null,
  attempts: [],
  nextAttemptAt: null,
  createdAt: '2026-11-21T10:00:00.000Z',
  endedAt: null,
  events: [{ from: null, to: 'armed', at: '2026-11-21T10:00:00.000Z', actor: 'account' }],
}

export const createdAlert: CreatedRateAlert = {
  ...armedAlert,
  secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw3ZpqlxmyMu0=',
}

export const toldAlert: RateAlert = {
  ...armedAlert,
  status: 'told',
  reached: { price: '120014.2', at: '2026-11-22T03:20:11.000Z' },
  attempts: [
    { at: '2026-11-22T03:20:40.120Z', failure: 'it answered 503' },
    { at: '2026-11-22T03:20:51.480Z', failure: null },
  ],
  endedAt: '2026-11-22T03:20:51.480Z',
  events: [
    ...armedAlert.events,
    { from: 'armed', to: 'triggered', at: '2026-11-22T03:20:39.800Z', actor: 'worker' },
    { from: 'triggered', to: 'told', at: '2026-11-22T03:20:51.480Z', actor: 'worker' },
  ],
}

export const cancelledAlert: RateAlert = {
  ...armedAlert,
  status: 'cancelled',
  endedAt: '2026-11-21T11:00:00.000Z',
  events: [...armedAlert.events, { from: 'armed', to: 'cancelled', at: '2026-11-21T11:00:00.000Z', actor: 'account' }],
}

export const alertWebhook: RateAlertWebhook = {
  type: 'rate_alert.triggered',
  timestamp: '2026-11-22T03:20:39.800Z',
  data: {
    id: armedAlert.id,
    base: 'BTC',
    quote: 'USD',
    direction: 'rises_to',
    price: '120000',
    reached: toldAlert.reached,
  },
}
