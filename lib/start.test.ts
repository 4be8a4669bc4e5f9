import { spawnSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'

const complete = {
  APP_URL: 'https://pay.example.com',
  APP_SECRET: 'a secret of the tests, long enough',
  DATABASE_URL: 'postgres://causeway:none@127.0.0.1:1/none',
  SUPABASE_URL: 'http://127.0.0.1:1',
  SUPABASE_PUBLISHABLE_KEY: 'sb_publishable_test',
  STRIPE_SECRET_KEY: 'sk_test_hunter2',
  STRIPE_WEBHOOK_SECRETS: 'whsec_test',
}

/** As Next calls it, in a process of its own with nothing but these variables. */
const startApp = (variables: Record<string, string>) =>
  spawnSync(
    process.execPath,
    [
      '--input-type=module',
      '--eval',
      "const { register } = await import('./instrumentation.ts'); await register(); console.log('it goes on')",
    ],
    { env: { NODE_ENV: 'production', NEXT_RUNTIME: 'nodejs', ...variables }, encoding: 'utf8' },
  )

const startWorker = (variables: Record<string, string>) =>
  spawnSync(process.execPath, ['lib/jobs/worker.ts'], {
    env: { NODE_ENV: 'production', ...variables },
    encoding: 'utf8',
  })

describe.each([
  ['the app', startApp],
  ['the worker', startWorker],
])('%s does not start', (_, start) => {
  test('with variables that are missing or malformed, and names each with what to set', () => {
    const { DATABASE_URL: _left, ...others } = complete
    const { status, stdout, stderr } = start({
      ...others,
      APP_SECRET: 'hunter2',
      SUPABASE_URL: 'http://a.test',
      CRON_SECRET: '',
    })
    expect(stderr.trim().split('\n')).toEqual([
      'The configuration is not complete:',
      expect.stringMatching(/^ {2}APP_SECRET is not right: needs at least 32 characters\. Set it: at least 32 random/),
      expect.stringMatching(/^ {2}DATABASE_URL is not set\. Set it: the connection string of the login role causeway/),
      expect.stringMatching(/^ {2}SUPABASE_URL is not right: starts with https:.*\. Set it: the project's URL/),
      '.env.example says more of each.',
    ])
    expect(stderr).not.toContain('hunter')
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
  })

  test('with a network that nobody knows', () => {
    const { status, stderr } = start({ ...complete, STRIPE_NETWORKS: 'base=bose' })
    expect(stderr.trim()).toBe(
      "STRIPE_NETWORKS: Stripe delivers USDC on base, ethereum, polygon, avalanche, not on 'bose'",
    )
    expect(status).toBe(1)
  })
})

test('with a chain that is another at Circle it does not start', () => {
  const circle = {
    CIRCLE_API_KEY: 'LIVE_API_KEY:a:b',
    CIRCLE_ENTITY_SECRET: 'ab'.repeat(32),
    CIRCLE_NETWORKS: 'base=ETH',
  }
  const { status, stderr } = startApp({ ...complete, ...circle })
  expect(stderr.trim()).toBe("CIRCLE_NETWORKS: base and Circle's ETH are not the same chain")
  expect(status).toBe(1)
})

test('the app starts with a complete configuration', () => {
  const { status, stdout, stderr } = startApp(complete)
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: 'it goes on\n', stderr: '' })
})
