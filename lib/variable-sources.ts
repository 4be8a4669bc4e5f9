/** What each variable is and where its value comes from: the end of the sentence "Set NAME: …". `.env.example` says more. */
export const variableSources: Record<string, string> = {
  APP_URL: 'the address that people open, such as https://pay.example.com',
  APP_SECRET: 'at least 32 random characters, such as from `openssl rand -base64 32`',
  DATABASE_URL:
    "the connection string of the login role causeway, from Supabase's Connect dialog with its user and password replaced",
  DATABASE_CA: "the certificate from Supabase's database settings, SSL configuration, as text",
  SUPABASE_URL: "the project's URL, from Supabase's API settings",
  SUPABASE_PUBLISHABLE_KEY: "the sb_publishable_ key, from Supabase's API key settings",
  STRIPE_SECRET_KEY: "from Stripe's dashboard, Developers, API keys",
  STRIPE_PUBLISHABLE_KEY: "the pk_ key beside the secret one in Stripe's dashboard",
  STRIPE_WEBHOOK_SECRETS:
    "the whsec_ signing secret of the endpoint in Stripe's dashboard; during a rotation two, the newer first, with a comma",
  STRIPE_NETWORKS: 'where Stripe delivers USDC, as base=base,ethereum=ethereum',
  TREASURY_NETWORK: 'mezo or mezo-testnet, together with the key; without both, MUSD is not offered',
  TREASURY_PRIVATE_KEY: 'the key of an address that holds MUSD and gas, 0x and 64 hexadecimal digits',
  TREASURY_KMS_KEY_ID: 'the id, ARN or alias of a key of spec ECC_SECG_P256K1 in AWS KMS',
  AWS_REGION: 'the region of the key in AWS KMS',
  TREASURY_MAX_FEE_GWEI: 'a number of gwei, such as 5',
  TREASURY_FEE_BPS: 'a whole number from 0 to 1000, in hundredths of a percent',
  TREASURY_LOW_MUSD: 'an amount of MUSD, such as 10000',
  TREASURY_LOW_GAS: 'an amount of BTC, such as 0.05',
  CIRCLE_API_KEY:
    "a standard key from Circle's console, Keys, together with the entity secret; without both, agents cannot pay",
  CIRCLE_ENTITY_SECRET: "the 64 hexadecimal digits that were registered as entity secret in Circle's console",
  CIRCLE_NETWORKS: 'where agents have wallets, as base=BASE,ethereum=ETH, or base-sepolia=BASE-SEPOLIA with a test key',
  CIRCLE_SCREENING: 'on, where Circle has granted you its Compliance Engine; else off',
  COINGECKO_API_URL: 'https://api.coingecko.com/api/v3, or https://pro-api.coingecko.com/api/v3 with a paid key',
  COINGECKO_API_KEY: "from CoinGecko's developer dashboard; without it prices are read more slowly",
  COINBASE_API_URL: 'https://api.coinbase.com, to compare each price with a second source',
  ALERT_WEBHOOK_URL: "the incoming webhook's address, from Slack's app settings or Discord's channel settings",
  SMTP_URL: 'smtps://user:password@host:465, as your mail service shows it',
  ALERT_EMAIL_TO: 'the addresses of those who are told, separated by commas',
  ALERT_EMAIL_FROM: 'an address that the mail server sends for',
  SANCTIONS_LIST_URL:
    'where a text with one sanctioned address on each line is served; without it, screening guards ask a person',
  CRON_SECRET: 'at least 16 random characters, such as from `openssl rand -hex 32`',
  GOOGLE_GENERATIVE_AI_API_KEY: "from Google AI Studio's API keys; without it, rules read the common sentences",
  GOOGLE_GENERATIVE_AI_API_URL: 'where the same API is served instead, such as https://ai-proxy.example.com/v1beta',
  CHAT_MODEL: "a Gemini model's name, such as gemini-flash-latest",
  OTEL_EXPORTER_OTLP_ENDPOINT: 'where an OpenTelemetry collector takes OTLP over HTTP, such as http://localhost:4318',
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT:
    'the whole address at which traces are taken, such as https://otel.example.com/v1/traces',
}
