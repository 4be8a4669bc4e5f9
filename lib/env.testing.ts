/** The least configuration with which the library runs in a unit test: a treasury, and USDC delivered on Mezo's testnet. */
export function testEnvironment(): void {
  Object.assign(process.env, {
    APP_URL: 'http://causeway.test',
    APP_SECRET: 'a secret of the unit tests, long enough',
    DATABASE_URL: 'postgres://causeway:none@127.0.0.1:1/none',
    SUPABASE_URL: 'http://127.0.0.1:1',
    SUPABASE_PUBLISHABLE_KEY: 'sb_publishable_test',
    STRIPE_SECRET_KEY: 'sk_test_unit',
    STRIPE_WEBHOOK_SECRETS: 'whsec_current,whsec_previous',
    STRIPE_NETWORKS: 'mezo-testnet=base',
    CIRCLE_API_KEY: 'TEST_API_KEY:unit:secret',
    CIRCLE_ENTITY_SECRET: '5c'.repeat(32),
    CIRCLE_API_URL: 'http://127.0.0.1:1',
    COINGECKO_API_URL: 'http://127.0.0.1:1',
    CIRCLE_NETWORKS: 'mezo-testnet=BASE-SEPOLIA',
    TREASURY_NETWORK: 'mezo-testnet',
    TREASURY_PRIVATE_KEY: `0x${'1'.repeat(64)}`,
    TREASURY_FEE_BPS: '50',
  })
}
