/** The least configuration of the app and its worker, as far as the benches do not say otherwise. */
export const benchEnvironment = {
  APP_URL: 'http://causeway.test',
  APP_SECRET: 'a-secret-of-the-benches-only-0123456789',
  SUPABASE_URL: 'http://127.0.0.1:1',
  SUPABASE_PUBLISHABLE_KEY: 'sb_publishable_benches',
  STRIPE_SECRET_KEY: 'sk_test_benches',
  STRIPE_API_URL: 'http://127.0.0.1:1',
  STRIPE_WEBHOOK_SECRETS: 'whsec_benches',
  STRIPE_NETWORKS: 'mezo-testnet=base',
}
