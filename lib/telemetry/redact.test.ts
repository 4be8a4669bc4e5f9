import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { redact, redactor } from '#lib/telemetry/redact.ts'

describe('the values of secret variables', () => {
  const hide = redactor({
    APP_URL: 'https://pay.example.com',
    STRIPE_SECRET_KEY: 'sk_live_0123456789',
    STRIPE_WEBHOOK_SECRETS: 'whsec_newest,whsec_oldest',
    DATABASE_URL: 'postgresql://causeway:p%40ssw0rd%21@db.example.com/postgres',
    OTEL_EXPORTER_OTLP_HEADERS: 'x-api-key=0123456789',
    TREASURY_PRIVATE_KEY: `0x${'1'.repeat(64)}`,
  })

  test.each([
    ['Invalid API Key provided: sk_live_0123456789', 'Invalid API Key provided: (hidden)'],
    ['signed with whsec_oldest', 'signed with (hidden)'],
    ['password p@ssw0rd! was refused', 'password (hidden) was refused'],
    ['p%40ssw0rd%21', '(hidden)'],
    ['x-api-key=0123456789', '(hidden)'],
    [`the key 0x${'1'.repeat(64)}`, 'the key (hidden)'],
    ['https://pay.example.com answers 500', 'https://pay.example.com answers 500'],
  ])('%s', (text, expected) => {
    expect(hide(text)).toBe(expected)
  })
})

describe('what looks like a secret, or like a person', () => {
  const secret = randomBytes(32).toString('base64url')

  test.each([
    ['sk_live_51Nabc', '(hidden)'],
    ['rk_test_51Nabc', '(hidden)'],
    ['whsec_abc123', '(hidden)'],
    ['by whsec_a+b/c123==.', 'by (hidden).'],
    ['cos_1Nabc_secret_x1Y2', '(hidden)'],
    ['TEST_API_KEY:0a1b-2c:d3e4-5f was refused', '(hidden) was refused'],
    ['Authorization: Bearer abc.def-1', 'Authorization: Bearer (hidden)'],
    ['Basic c2s6', 'Basic (hidden)'],
    ['token eyJhbGciOi.eyJzdWIi.c2ln is bad', 'token (hidden) is bad'],
    ['AKIAIOSFODNN7EXAMPLE', '(hidden)'],
    [`/pay/x#${secret}`, '/pay/x#(hidden)'],
    [`{"secret":"${secret}"}`, '{"secret":"(hidden)"}'],
    ['olga.o+1@causeway.test signed in', '(email) signed in'],
    ['URL: https://eth.example.com/v2/k3y?x=1\nnext', 'URL: https://eth.example.com/…\nnext'],
    ['https://user:word@example.com/a', 'https://example.com/…'],
    ['postgres://causeway:word@db.test:5432/postgres', 'postgres://db.test:5432/…'],
    ['redis://:word@cache.test', 'redis://cache.test'],
    ['wss://relay.test?projectId=1', 'wss://relay.test/…'],
  ])('%s', (text, expected) => {
    expect(redact(text)).toBe(expected)
  })

  test.each([
    '0x118917a40FAF1CD7a13dB0Ef56C86De7973Ac503',
    `0x${'ab'.repeat(32)}`,
    '7f4df1a8-2a17-4a5b-9a51-d2a3d60a4a4c',
    'cos_1NabcDEF',
    'onramp_sessions_quoted_amount_is_positive_or_null_x',
    'http://127.0.0.1:8545',
    'https://pay.example.com',
    '/api/v1/onramp/sessions/[id]',
    'CWNTF: There is no such session, or it is not yours to see.',
  ])('but not %s', (text) => {
    expect(redact(text)).toBe(text)
  })

  test('and a text that a stranger made long is looked through in no time', () => {
    const start = performance.now()
    for (const part of ['a', 'a.', 'a-', 'aA', 'eyJ', 'a@', 'https://', 'cos_1_secret_']) redact(part.repeat(1_000_000))
    expect(performance.now() - start).toBeLessThan(1000)
  })
})
