import { describe, expect, test } from 'vitest'
import { appSecret } from '#scripts/doctor/checks/app-secret.ts'
import { appUrl } from '#scripts/doctor/checks/app-url.ts'
import { cronSecret } from '#scripts/doctor/checks/cron-secret.ts'
import { databaseEncryption } from '#scripts/doctor/checks/database-encryption.ts'
import { databasePooling } from '#scripts/doctor/checks/database-pooling.ts'
import { modes } from '#scripts/doctor/checks/modes.ts'
import { variables } from '#scripts/doctor/checks/variables.ts'
import { walletConnect } from '#scripts/doctor/checks/walletconnect.ts'
import { examine } from '#scripts/doctor/diagnose.ts'
import { admit } from '#scripts/doctor/patient.ts'

const complete = {
  APP_URL: 'https://pay.example.com',
  APP_SECRET: 'q3Vt8Zs0LxW5nBk1RjY7cHf2GdMp9TaE4uKo6iXy',
  DATABASE_URL: 'postgresql://causeway:hunter2hunter2@db.example.com/postgres?sslmode=verify-full',
  SUPABASE_URL: 'https://project.supabase.co',
  SUPABASE_PUBLISHABLE_KEY: 'sb_publishable_x',
  STRIPE_SECRET_KEY: 'sk_live_x',
  STRIPE_WEBHOOK_SECRETS: 'whsec_x',
  TREASURY_NETWORK: 'mezo',
  TREASURY_PRIVATE_KEY: `0x${'7'.repeat(64)}`,
}

type Change = Record<string, string>

const look = async (check: typeof variables, change: Change = {}) => examine(check, admit({ ...complete, ...change }))

describe('a complete configuration is in order', () => {
  test.each([variables, appUrl, appSecret, cronSecret, modes, databaseEncryption])('$name', async (check) => {
    const [verdict] = await look(check)
    expect(verdict?.state).toBe('ok')
  })
})

describe('what is wrong with a configuration is named', () => {
  test.each<[name: string, check: typeof variables, change: Change, state: string, seen: string, step: string]>([
    ['a missing variable', variables, { APP_SECRET: '' }, 'fail', 'is not set', 'Set APP_SECRET: at least 32 random'],
    [
      'a malformed one',
      variables,
      { STRIPE_SECRET_KEY: 'pk_test_x' },
      'fail',
      'starts with sk_test_',
      'Set STRIPE_SECRET_KEY',
    ],
    ['half a treasury', variables, { TREASURY_PRIVATE_KEY: '' }, 'fail', 'set together', 'Set TREASURY_NETWORK'],
    [
      'a misspelt one',
      variables,
      { CRON_SECRETS: 'x' },
      'warn',
      'nothing reads it',
      'Rename CRON_SECRETS to CRON_SECRET.',
    ],
    [
      'an address with a path',
      appUrl,
      { APP_URL: 'https://a.com/pay' },
      'fail',
      'more than an origin: /pay',
      'APP_URL to https://a.com.',
    ],
    [
      'live and not encrypted',
      appUrl,
      { APP_URL: 'http://a.com' },
      'fail',
      'the Stripe key is a live one',
      'https://a.com.',
    ],
    [
      'test and not encrypted',
      appUrl,
      { APP_URL: 'http://a.com', STRIPE_SECRET_KEY: 'sk_test_x' },
      'warn',
      'not encrypted',
      'over https',
    ],
    [
      'a secret of words',
      appSecret,
      { APP_SECRET: 'change-me-change-me-change-me-please' },
      'fail',
      'holds a word',
      'openssl rand',
    ],
    [
      'a secret that repeats',
      appSecret,
      { APP_SECRET: 'abcabcabcabcabcabcabcabcabcabcabcabc' },
      'fail',
      'repeats itself',
      'openssl rand',
    ],
    [
      'no cron secret on Vercel',
      cronSecret,
      { VERCEL: '1' },
      'fail',
      'the scheduler is turned away',
      'Set CRON_SECRET',
    ],
    ['no WalletConnect', walletConnect, {}, 'warn', 'only wallets inside the browser', 'dashboard.reown.com'],
    [
      'a wrong WalletConnect id',
      walletConnect,
      { WALLETCONNECT_PROJECT_ID: 'demo' },
      'fail',
      '32 hexadecimal digits',
      'set its id',
    ],
    [
      'keys of two modes',
      modes,
      { STRIPE_PUBLISHABLE_KEY: 'pk_test_x' },
      'fail',
      'the secret key is a live one',
      'pk_live_',
    ],
    [
      'real money for play money',
      modes,
      { TREASURY_NETWORK: 'mezo-testnet' },
      'fail',
      'worth nothing',
      'TREASURY_NETWORK to mezo',
    ],
    [
      'real USDC for a testnet',
      modes,
      { STRIPE_NETWORKS: 'base-sepolia=base' },
      'fail',
      'looked for on another chain',
      'mapped to itself',
    ],
    [
      'a network nobody knows',
      modes,
      { STRIPE_NETWORKS: 'bse=bse' },
      'fail',
      "'bse' is none of",
      'each mapped to itself',
    ],
    [
      'test mode with a real treasury',
      modes,
      { STRIPE_SECRET_KEY: 'sk_test_x' },
      'warn',
      'pays nothing on chain',
      'live key',
    ],
    [
      'an open way to the database',
      databaseEncryption,
      { DATABASE_URL: 'postgresql://causeway:x@db.example.com/p' },
      'fail',
      'not encrypted on the way to db.example.com',
      'sslmode=verify-full',
    ],
    [
      'a way half open',
      databaseEncryption,
      { DATABASE_URL: 'postgresql://causeway:x@db.example.com/p?sslmode=require' },
      'warn',
      'sslmode=require',
      'sslmode=verify-full',
    ],
    [
      'a worker behind a shared connection',
      databasePooling,
      { DATABASE_URL: 'postgresql://causeway.x:y@a.pooler.supabase.com:6543/p' },
      'warn',
      'its sign of life is lost',
      'port 5432',
    ],
    [
      'functions with connections of their own',
      databasePooling,
      { VERCEL: '1', DATABASE_URL: 'postgresql://causeway.x:y@a.pooler.supabase.com:5432/p' },
      'warn',
      'soon has none left',
      'port 6543',
    ],
    [
      'an authority that is no certificate',
      variables,
      { DATABASE_CA: 'hunter2' },
      'fail',
      'is a certificate in PEM form',
      'Set DATABASE_CA: the certificate from',
    ],
  ])('%s', async (_name, check, change, state, seen, step) => {
    const [verdict] = await look(check, change)
    expect(verdict).toMatchObject({ state, seen: expect.stringContaining(seen), step: expect.stringContaining(step) })
  })

  test('every fault at once, each under its name', async () => {
    const verdicts = await look(variables, { APP_URL: '', APP_SECRET: 'short', DATABASE_URL: 'mysql://x' })
    expect(verdicts.map(({ of }) => of)).toEqual(['APP_URL', 'APP_SECRET', 'DATABASE_URL'])
  })
})

test('a check whose variable is at fault is not made, and says so', async () => {
  expect(await look(appUrl, { APP_URL: '' })).toEqual([{ state: 'skip', seen: 'not asked: it needs APP_URL' }])
})
