import { machineEnvironment } from '#sandbox/build.ts'
import type { Secrets } from '#sandbox/secrets.ts'
import type { Services } from '#sandbox/services.ts'

/**
 * The app's configuration in the local world: the same variables a real deployment sets, each pointing to a stand-in. What
 * the world does not have is set to an empty text, so that no file and no shell can put a real key in its place.
 */
export function appEnvironment(services: Services, secrets: Secrets): Record<string, string> {
  const { appUrl, adminUrl, supabase, chain, stripe, circle, prices, relay, traces, mail } = services
  const database = new URL(adminUrl)
  database.username = 'causeway'
  database.password = secrets.causewayPassword
  return {
    APP_URL: appUrl,
    APP_SECRET: secrets.appSecret,
    DATABASE_URL: database.href,
    SUPABASE_URL: supabase.url,
    SUPABASE_PUBLISHABLE_KEY: supabase.publishableKey,
    STRIPE_SECRET_KEY: secrets.stripeSecretKey,
    STRIPE_PUBLISHABLE_KEY: '',
    STRIPE_API_URL: stripe.url,
    STRIPE_WEBHOOK_SECRETS: secrets.stripeWebhookSecret,
    STRIPE_NETWORKS: 'mezo-testnet=base',
    RPC_URL_MEZO: '',
    RPC_URL_MEZO_TESTNET: chain.rpcUrl,
    RPC_URL_BASE: '',
    RPC_URL_BASE_SEPOLIA: '',
    RPC_URL_ETHEREUM: '',
    EXPLORER_URL_MEZO_TESTNET: chain.explorerUrl,
    TREASURY_NETWORK: 'mezo-testnet',
    TREASURY_PRIVATE_KEY: chain.accounts.treasury.privateKey,
    TREASURY_FEE_BPS: '50',
    TREASURY_LOW_MUSD: '',
    TREASURY_LOW_GAS: '',
    WALLETCONNECT_PROJECT_ID: 'causeway-sandbox',
    WALLETCONNECT_RELAY_URL: relay.url,
    CIRCLE_API_KEY: secrets.circleApiKey,
    CIRCLE_ENTITY_SECRET: secrets.circleEntitySecret,
    CIRCLE_API_URL: circle.url,
    CIRCLE_NETWORKS: 'mezo-testnet=BASE-SEPOLIA',
    CIRCLE_SCREENING: 'on',
    COINGECKO_API_URL: `${prices.url}/api/v3`,
    COINGECKO_API_KEY: '',
    COINBASE_API_URL: prices.url,
    CRON_SECRET: secrets.cronSecret,
    ALERT_WEBHOOK_URL: mail.chatUrl,
    SMTP_URL: mail.smtpUrl,
    ALERT_EMAIL_TO: 'on-call@causeway.test',
    ALERT_EMAIL_FROM: 'alerts@causeway.test',
    OTEL_EXPORTER_OTLP_ENDPOINT: traces.url,
    OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: '',
    OTEL_EXPORTER_OTLP_HEADERS: '',
    OTEL_SERVICE_NAME: '',
    OTEL_BSP_SCHEDULE_DELAY: '500',
    VERCEL: '',
  }
}

/** The whole environment of a program of the world: what it needs of the machine, and the app's configuration. */
export function programEnvironment(
  app: Record<string, string>,
  mode: 'production' | 'development',
): Record<string, string> {
  return { ...machineEnvironment(), ...app, NODE_ENV: mode, NEXT_TELEMETRY_DISABLED: '1' }
}
