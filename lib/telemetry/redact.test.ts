import { expect, test } from 'vitest'
import { redactor } from '#lib/telemetry/redact.ts'

const redact = redactor({
  APP_URL: 'https://pay.example.com',
  STRIPE_SECRET_KEY: 'sk_live_0123456789',
  STRIPE_WEBHOOK_SECRETS: 'whsec_newest,whsec_oldest',
  DATABASE_URL: 'postgresql://causeway:p%40ssw0rd%21@db.example.com/postgres',
})

test.each([
  ['Invalid API Key provided: sk_live_0123456789', 'Invalid API Key provided: (hidden)'],
  ['signed with whsec_oldest', 'signed with (hidden)'],
  ['password p@ssw0rd! was refused', 'password (hidden) was refused'],
  ['p%40ssw0rd%21', '(hidden)'],
  ['https://pay.example.com answers 500', 'https://pay.example.com answers 500'],
])('%s', (text, expected) => {
  expect(redact(text)).toBe(expected)
})
