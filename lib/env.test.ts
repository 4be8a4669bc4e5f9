import { describe, expect, test } from 'vitest'
import { parseEnvironment } from '#lib/env.ts'

const complete = {
  APP_URL: 'https://causeway.test/',
  APP_SECRET: 'x'.repeat(32),
  DATABASE_URL: 'postgres://causeway:secret@db.test/postgres',
  SUPABASE_URL: 'https://project.supabase.co',
  SUPABASE_PUBLISHABLE_KEY: 'sb_publishable_x',
  STRIPE_SECRET_KEY: 'sk_test_x',
  STRIPE_WEBHOOK_SECRETS: 'whsec_new, whsec_old',
}

describe('parseEnvironment', () => {
  test('default', () => {
    expect(parseEnvironment(complete)).toMatchObject({
      APP_URL: 'https://causeway.test',
      STRIPE_WEBHOOK_SECRETS: ['whsec_new', 'whsec_old'],
      STRIPE_NETWORKS: { base: 'base', ethereum: 'ethereum' },
      TREASURY_FEE_BPS: 50,
    })
  })

  test('an empty variable counts as absent', () => {
    expect(parseEnvironment({ ...complete, STRIPE_PUBLISHABLE_KEY: '' }).STRIPE_PUBLISHABLE_KEY).toBeUndefined()
  })

  test('names every fault at once and shows no value', () => {
    const faulty = { ...complete, APP_SECRET: 'hunter2', STRIPE_SECRET_KEY: 'hunter3', DATABASE_URL: undefined }
    expect(() => parseEnvironment(faulty)).toThrow(/APP_SECRET[\s\S]*DATABASE_URL[\s\S]*STRIPE_SECRET_KEY/)
    expect(() => parseEnvironment(faulty)).not.toThrow(/hunter/)
  })

  test('says of each fault, on a line of its own, how it is mended', () => {
    const faulty = { ...complete, APP_SECRET: 'hunter2', DATABASE_URL: '', TREASURY_NETWORK: 'mezo' }
    expect(() => parseEnvironment(faulty)).toThrow(
      [
        'The configuration is not complete:',
        '  APP_SECRET is not right: needs at least 32 characters. Set it: at least 32 random characters, such as from `openssl rand -base64 32`.',
        '  DATABASE_URL is not set. Set it: the connection string of the login role causeway, ',
      ].join('\n'),
    )
    expect(() => parseEnvironment({ ...complete, TREASURY_NETWORK: 'mezo' })).toThrow(
      /^ {2}TREASURY_NETWORK is not right: TREASURY_NETWORK is set together with .*\. Set it: mezo or mezo-testnet/m,
    )
  })

  test('traces go where they are encrypted, or to this machine', () => {
    const traces = (text: string) => () => parseEnvironment({ ...complete, OTEL_EXPORTER_OTLP_ENDPOINT: text })
    expect(traces('https://otel.test:4318')).not.toThrow()
    expect(traces('http://localhost:4318')).not.toThrow()
    expect(traces('http://otel.test:4318')).toThrow('OTEL_EXPORTER_OTLP_ENDPOINT')
  })

  test('brokers are host and port, and a password goes to none of them in clear', () => {
    const stream = { ...complete, KAFKA_BROKERS: 'kafka-1.test:9093, [::1]:9094' }
    expect(parseEnvironment(stream)).toMatchObject({
      KAFKA_BROKERS: ['kafka-1.test:9093', '[::1]:9094'],
      KAFKA_TOPIC_PREFIX: 'causeway.',
      KAFKA_TLS: 'on',
    })
    expect(() => parseEnvironment({ ...stream, KAFKA_BROKERS: 'kafka://kafka.test' })).toThrow('KAFKA_BROKERS')
    const user = { ...stream, KAFKA_SASL_USERNAME: 'causeway' }
    expect(() => parseEnvironment(user)).toThrow('KAFKA_SASL_USERNAME is set together with KAFKA_SASL_PASSWORD')
    const signedIn = { ...user, KAFKA_SASL_PASSWORD: 'secret', KAFKA_TLS: 'off' }
    expect(() => parseEnvironment(signedIn)).toThrow('KAFKA_TLS is on where a password is sent')
    expect(() => parseEnvironment({ ...signedIn, KAFKA_BROKERS: '127.0.0.1:9092, [::1]:9094' })).not.toThrow()
    expect(() => parseEnvironment({ ...user, KAFKA_SASL_PASSWORD: 'secret' })).not.toThrow()
  })

  test('a network has one node or several', () => {
    const one = parseEnvironment({ ...complete, RPC_URL_MEZO: 'https://a.test/' })
    expect(one.RPC_URL_MEZO).toEqual(['https://a.test'])
    const several = parseEnvironment({ ...complete, RPC_URL_MEZO: 'https://a.test/key, https://b.test:8545/' })
    expect(several.RPC_URL_MEZO).toEqual(['https://a.test/key', 'https://b.test:8545'])
  })

  test.each(['https://a.test,', 'a.test', 'https://a.test,ws://b.test'])('the nodes %j are refused', (text) => {
    expect(() => parseEnvironment({ ...complete, RPC_URL_MEZO: text })).toThrow(/RPC_URL_MEZO/)
  })

  const called = [
    'SUPABASE_URL',
    'STRIPE_API_URL',
    'CIRCLE_API_URL',
    'COINGECKO_API_URL',
    'COINBASE_API_URL',
    'RPC_URL_MEZO',
    'RPC_URL_ETHEREUM',
    'EXPLORER_URL_MEZO_TESTNET',
    'ALERT_WEBHOOK_URL',
  ]

  describe.each(called)('%s', (name) => {
    test.each(['https://a.test', 'http://localhost:8545', 'http://127.0.0.1:1', 'http://[::1]:1'])(
      'may be %s',
      (text) => {
        expect(() => parseEnvironment({ ...complete, [name]: text })).not.toThrow()
      },
    )

    test.each([
      'http://a.test',
      'http://169.254.169.254/latest/meta-data',
      'http://10.0.0.1:8545',
      'http://localhost.evil.test',
      'http://127.0.0.1.evil.test',
      'http://localhost@evil.test',
      'ftp://a.test',
      'file:///etc/passwd',
      'a.test',
    ])('is not %s, and the refusal names it', (text) => {
      expect(() => parseEnvironment({ ...complete, [name]: text })).toThrow(name)
    })
  })

  test('the relay is encrypted, or on this machine', () => {
    const relay = (text: string) => () => parseEnvironment({ ...complete, WALLETCONNECT_RELAY_URL: text })
    expect(relay('wss://relay.test')).not.toThrow()
    expect(relay('ws://127.0.0.1:4040')).not.toThrow()
    expect(relay('ws://relay.test')).toThrow('WALLETCONNECT_RELAY_URL')
  })

  describe('Circle', () => {
    const circle = { CIRCLE_API_KEY: 'TEST_API_KEY:0a1b:2c3d', CIRCLE_ENTITY_SECRET: 'aB'.repeat(32) }

    test('takes a key and an entity secret, and screens nobody unless it is told to', () => {
      expect(parseEnvironment({ ...complete, ...circle })).toMatchObject({ ...circle, CIRCLE_SCREENING: 'off' })
      for (const name of Object.keys(circle))
        expect(() => parseEnvironment({ ...complete, ...circle, [name]: '' }), name).toThrow(
          'CIRCLE_API_KEY is set together',
        )
    })

    test.each([
      ['CIRCLE_API_KEY', 'sk_test_x'],
      ['CIRCLE_API_KEY', 'TEST_API_KEY:only-an-id'],
      ['CIRCLE_ENTITY_SECRET', 'ab'.repeat(31)],
      ['CIRCLE_ENTITY_SECRET', `0x${'ab'.repeat(32)}`],
      ['CIRCLE_SCREENING', 'yes'],
      ['CIRCLE_NETWORKS', 'base'],
    ])('%s is not %s, which is not shown', (name, text) => {
      const parse = () => parseEnvironment({ ...complete, ...circle, [name]: text })
      expect(parse).toThrow(new RegExp(`${name} is not right`))
      if (name !== 'CIRCLE_NETWORKS') expect(parse).not.toThrow(text)
    })
  })

  describe('being told', () => {
    const mail = { SMTP_URL: 'smtps://user:pass@smtp.test:465', ALERT_EMAIL_TO: 'a@b.test, c@d.test' }

    test('by mail takes a server and somebody to write to', () => {
      expect(parseEnvironment({ ...complete, ...mail }).ALERT_EMAIL_TO).toEqual(['a@b.test', 'c@d.test'])
      for (const name of ['SMTP_URL', 'ALERT_EMAIL_TO'])
        expect(() => parseEnvironment({ ...complete, ...mail, [name]: '' }), name).toThrow('SMTP_URL is set together')
    })

    test.each([
      { SMTP_URL: 'https://smtp.test' },
      { SMTP_URL: 'smtp://smtp.test:587?requireTLS=false' },
      { ALERT_EMAIL_TO: 'a@b.test, nobody' },
      { ALERT_EMAIL_FROM: 'nobody' },
    ])('%j is refused', (change) => {
      expect(() => parseEnvironment({ ...complete, ...mail, ...change })).toThrow(Object.keys(change)[0])
    })

    test.each(['-1', '1e3', '01', '1.', 'much'])('%j is no low mark', (text) => {
      expect(() => parseEnvironment({ ...complete, TREASURY_LOW_MUSD: text })).toThrow('TREASURY_LOW_MUSD')
      expect(() => parseEnvironment({ ...complete, TREASURY_LOW_GAS: text })).toThrow('TREASURY_LOW_GAS')
    })
  })

  describe('the treasury', () => {
    const key = `0x${'1'.repeat(64)}`
    const kms = { TREASURY_KMS_KEY_ID: 'alias/treasury', AWS_REGION: 'eu-central-1' }

    test.each([
      ['a network without a key', { TREASURY_NETWORK: 'mezo' }, /set together/],
      ['a key without a network', { TREASURY_PRIVATE_KEY: key }, /set together/],
      ['a vault without a network', kms, /set together/],
      ['two keys', { TREASURY_NETWORK: 'mezo', TREASURY_PRIVATE_KEY: key, ...kms }, /has one key/],
      ['a vault nowhere', { TREASURY_NETWORK: 'mezo', TREASURY_KMS_KEY_ID: 'alias/treasury' }, /AWS_REGION/],
    ])('with %s is refused', (_, variables, message) => {
      expect(() => parseEnvironment({ ...complete, ...variables })).toThrow(message)
    })

    test('has a key here, or in a vault whose region is known', () => {
      const arn = 'arn:aws:kms:eu-central-1:1:key/2'
      parseEnvironment({ ...complete, TREASURY_NETWORK: 'mezo', TREASURY_PRIVATE_KEY: key })
      parseEnvironment({ ...complete, TREASURY_NETWORK: 'mezo', ...kms })
      parseEnvironment({ ...complete, TREASURY_NETWORK: 'mezo', TREASURY_KMS_KEY_ID: arn })
    })

    test.each([
      ['1.5', 1_500_000_000n],
      ['40', 40_000_000_000n],
      ['0.000000001', 1n],
    ])('pays at most %s gwei', (text, wei) => {
      expect(parseEnvironment({ ...complete, TREASURY_MAX_FEE_GWEI: text }).TREASURY_MAX_FEE_GWEI).toBe(wei)
    })

    test.each(['0', '-1', '1e3', '1.0000000001', 'cheap'])('does not pay at most %j gwei', (text) => {
      expect(() => parseEnvironment({ ...complete, TREASURY_MAX_FEE_GWEI: text })).toThrow(/TREASURY_MAX_FEE_GWEI/)
    })
  })

  test.each(['base', 'base=', '=base', 'a=b=c'])('STRIPE_NETWORKS %j is refused', (text) => {
    expect(() => parseEnvironment({ ...complete, STRIPE_NETWORKS: text })).toThrow(/name=value/)
  })
})
