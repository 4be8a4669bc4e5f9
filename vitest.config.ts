import { defineConfig } from 'vitest/config'

const exclude = ['node_modules/**', '.next/**', '.causeway/**', 'e2e/**']

/** A configuration that `lib/env.ts` accepts. No service answers there: a test that needs one starts it and says where. */
const env = {
  APP_URL: 'http://causeway.test',
  APP_SECRET: 'a-secret-of-the-tests-only-0123456789',
  DATABASE_URL: 'postgresql://causeway@127.0.0.1:1/none',
  SUPABASE_URL: 'http://127.0.0.1:1',
  SUPABASE_PUBLISHABLE_KEY: 'sb_publishable_tests',
  STRIPE_SECRET_KEY: 'sk_test_tests',
  STRIPE_API_URL: 'http://127.0.0.1:1',
  STRIPE_WEBHOOK_SECRETS: 'whsec_tests',
  CIRCLE_API_KEY: 'TEST_API_KEY:tests:secret',
  CIRCLE_ENTITY_SECRET: '5c'.repeat(32),
  CIRCLE_API_URL: 'http://127.0.0.1:1',
  COINGECKO_API_URL: 'http://127.0.0.1:1',
  CIRCLE_NETWORKS: 'mezo-testnet=BASE-SEPOLIA',
}

// Tests wait for conditions, so a long limit costs a passing run nothing, and a busy machine does not fail one.
const patience = { testTimeout: 20_000, hookTimeout: 60_000 }

const setupFiles = ['scripts/suites/loud-console.ts', 'scripts/suites/without-next.ts']

export default defineConfig({
  test: {
    retry: 0,
    // Two cores are what the smallest machine has; more files at once only wait for each other.
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['**/*.test.ts'],
          exclude: [...exclude, '**/*.db.test.ts', 'sandbox/**'],
          env,
          setupFiles,
          ...patience,
        },
      },
      {
        // The stand-ins of the local world start chains and servers, which takes longer than a look at the source may.
        test: {
          name: 'sandbox',
          include: ['sandbox/**/*.test.ts'],
          exclude: [...exclude, '**/*.db.test.ts'],
          env,
          setupFiles,
          ...patience,
        },
      },
      {
        test: {
          name: 'db',
          include: ['**/*.db.test.ts'],
          exclude,
          env,
          setupFiles,
          globalSetup: ['supabase/tests/support/template.ts'],
          ...patience,
        },
      },
    ],
  },
})
