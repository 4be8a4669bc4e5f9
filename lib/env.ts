import { z } from 'zod'
import { variableSources } from '#lib/variable-sources.ts'

const url = z.url({ protocol: /^https?$/ }).transform((text) => text.replace(/\/$/, ''))

/** This machine, in the spellings that a URL parser leaves of it. */
const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/

/** Whether a host, as a URL names it, is this machine. */
export function isLoopback(hostname: string): boolean {
  return loopback.test(hostname)
}

/** Whether what goes there is read by nobody on its way: it is encrypted, or does not leave this machine. */
function isPrivate(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, hostname } = new URL(text)
  return protocol === 'https:' || protocol === 'wss:' || isLoopback(hostname)
}

/**
 * A server that we call. Every address outside that this process calls is one of these, is written in the source, or was named by
 * a person for their webhooks and goes through lib/outside. The local world's are on loopback, all others are encrypted.
 */
const outbound = url.refine(isPrivate, 'starts with https://; http:// is for this machine only (localhost, 127.0.0.1)')

/** One or several, separated by commas. */
function listOf<Item extends z.ZodType<unknown, string>>(item: Item) {
  return z
    .string()
    .transform((text) => text.split(',').map((part) => part.trim()))
    .pipe(z.array(item).min(1))
}

/** One address or several. The first is preferred. */
const urls = listOf(outbound)

/** A decimal number of gwei as wei. */
const gwei = z
  .string()
  .regex(/^\d{1,9}(\.\d{1,9})?$/, 'is a number of gwei, such as 1.5')
  .transform((text) => {
    const [whole = '', part = ''] = text.split('.')
    return BigInt(whole + part.padEnd(9, '0'))
  })
  .refine((wei) => wei > 0n, 'is more than nothing')

/** An amount in whole units of its asset, as a decimal text. Its decimals are counted where the asset is known. */
const amount = z.string().regex(/^(0|[1-9]\d{0,11})(\.\d{1,18})?$/, 'is an amount, such as 2500 or 0.05')

/** A server that takes mail. Without `smtps:` the connection is made secure before anything is said, unless it stays on this machine. */
const smtp = z
  .url({ protocol: /^smtps?$/ })
  .refine((text) => !/[?#]/.test(text), 'ends after its host and port: options are not taken from it')

/** One address of mail or several. */
const addresses = listOf(z.email())

/** Where a cluster of brokers is first asked: host and port, of one or of several. */
const brokers = listOf(
  z.string().regex(/^([\w.-]+|\[[0-9a-f:]+\]):\d{1,5}$/i, 'is host:port, such as kafka-1.example.com:9093'),
)

/** Whether every broker is on this machine. */
export function areLoopback(addresses: readonly string[]): boolean {
  return addresses.every((address) => isLoopback(address.replace(/:\d+$/, '')))
}

/** `name=value,name=value` as a record; an empty text is an empty record. */
const pairs = z.string().transform((text, context) => {
  const entries: [string, string][] = []
  for (const part of text.split(',').filter(Boolean)) {
    const [name, value, ...rest] = part.split('=')
    if (!name || !value || rest.length > 0) {
      context.addIssue({ code: 'custom', message: `'${part}' is not of the form name=value` })
      return z.NEVER
    }
    entries.push([name.trim(), value.trim()])
  }
  return Object.fromEntries(entries)
})

/** A certificate. Its line ends may be written as \n. */
const pem = z
  .string()
  .transform((text) => text.replaceAll('\\n', '\n'))
  .refine((text) => text.trim().startsWith('-----BEGIN CERTIFICATE-----'), 'is a certificate in PEM form')

const Environment = z
  .object({
    APP_URL: url,
    APP_SECRET: z.string().min(32, 'needs at least 32 characters'),
    DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
    /** The authority that signs the database's certificate, as PEM; its line ends may be written as \n. */
    DATABASE_CA: pem.optional(),
    SUPABASE_URL: outbound,
    SUPABASE_PUBLISHABLE_KEY: z.string().min(1),

    STRIPE_SECRET_KEY: z
      .string()
      .regex(/^(sk|rk)_(test|live)_/, 'starts with sk_test_, sk_live_, rk_test_ or rk_live_'),
    STRIPE_PUBLISHABLE_KEY: z.string().startsWith('pk_').optional(),
    STRIPE_API_URL: outbound.optional(),
    STRIPE_WEBHOOK_SECRETS: listOf(z.string().startsWith('whsec_')),
    STRIPE_NETWORKS: pairs.default({ base: 'base', ethereum: 'ethereum' }),

    RPC_URL_MEZO: urls.optional(),
    RPC_URL_MEZO_TESTNET: urls.optional(),
    RPC_URL_BASE: urls.optional(),
    RPC_URL_BASE_SEPOLIA: urls.optional(),
    RPC_URL_ETHEREUM: urls.optional(),
    EXPLORER_URL_MEZO_TESTNET: outbound.optional(),

    TREASURY_NETWORK: z.enum(['mezo', 'mezo-testnet']).optional(),
    TREASURY_PRIVATE_KEY: z
      .string()
      .regex(/^0x[0-9a-f]{64}$/i, 'is 32 bytes in hexadecimal, with 0x')
      .optional(),
    /** The treasury's key in AWS KMS instead: its id, ARN or alias, in AWS_REGION. */
    TREASURY_KMS_KEY_ID: z.string().min(1).optional(),
    AWS_REGION: z.string().min(1).optional(),
    /** The most that the treasury pays for a unit of gas; lib/rails/chain/networks.ts has each network's default. */
    TREASURY_MAX_FEE_GWEI: gwei.optional(),
    TREASURY_FEE_BPS: z.coerce.number().int().min(0).max(1000).default(50),
    /** Below these an operator is told; lib/health/low-marks.ts has the defaults. */
    TREASURY_LOW_MUSD: amount.optional(),
    TREASURY_LOW_GAS: amount.optional(),

    WALLETCONNECT_PROJECT_ID: z.string().min(1).optional(),
    WALLETCONNECT_RELAY_URL: z
      .url({ protocol: /^wss?$/ })
      .refine(isPrivate, 'starts with wss://; ws:// is for this machine only')
      .optional(),

    /** Where agents' wallets are. Without a key of Circle's there are none. */
    CIRCLE_API_KEY: z
      .string()
      .regex(/^(TEST|LIVE)_API_KEY:[\w-]+:[\w-]+$/, 'is of the form TEST_API_KEY:id:secret or LIVE_API_KEY:id:secret')
      .optional(),
    CIRCLE_ENTITY_SECRET: z
      .string()
      .regex(/^[0-9a-f]{64}$/i, 'is 32 bytes in hexadecimal')
      .optional(),
    CIRCLE_API_URL: outbound.optional(),
    CIRCLE_NETWORKS: pairs.optional(),
    /** Whether each recipient is put to Circle's Compliance Engine, which Circle grants to some. */
    CIRCLE_SCREENING: z.enum(['on', 'off']).default('off'),

    /** Where prices come from. CoinGecko answers without a key too; a second source is asked where it is set. */
    COINGECKO_API_URL: outbound.default('https://api.coingecko.com/api/v3'),
    COINGECKO_API_KEY: z.string().min(1).optional(),
    COINBASE_API_URL: outbound.optional(),

    CRON_SECRET: z.string().min(16).optional(),

    /** A text with one sanctioned address on each line, which guards refuse. */
    SANCTIONS_LIST_URL: outbound.optional(),

    /** The language model that reads conversations with agents; without a key, rules read the common sentences. */
    GOOGLE_GENERATIVE_AI_API_KEY: z.string().min(1).optional(),
    GOOGLE_GENERATIVE_AI_API_URL: outbound.optional(),
    CHAT_MODEL: z.string().min(1).default('gemini-flash-latest'),

    /** Where operators are told what needs them: a chat's incoming webhook (Slack, Discord and their like), and mail. */
    ALERT_WEBHOOK_URL: outbound.optional(),
    SMTP_URL: smtp.optional(),
    ALERT_EMAIL_TO: addresses.optional(),
    /** The sender; without it the first of those who get it. */
    ALERT_EMAIL_FROM: z.email().optional(),

    /** Where prices and changes of status are sent on to. Without brokers nothing leaves, and Postgres alone does the job. */
    KAFKA_BROKERS: brokers.optional(),
    /** What each topic's name begins with. */
    KAFKA_TOPIC_PREFIX: z
      .string()
      .regex(/^[\w.-]{1,100}$/, 'is made of letters, digits, dots, dashes and underscores')
      .default('causeway.'),
    /** `off` for brokers of a private network that speak no TLS; on this machine none is asked for. */
    KAFKA_TLS: z.enum(['on', 'off']).default('on'),
    KAFKA_CA: pem.optional(),
    KAFKA_SASL_MECHANISM: z.enum(['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512']).default('SCRAM-SHA-512'),
    KAFKA_SASL_USERNAME: z.string().min(1).optional(),
    KAFKA_SASL_PASSWORD: z.string().min(1).optional(),

    /** Where traces go, in OpenTelemetry's own variables; its SDK reads these and its others by itself. */
    OTEL_EXPORTER_OTLP_ENDPOINT: outbound.optional(),
    OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: outbound.optional(),
    OTEL_EXPORTER_OTLP_HEADERS: z.string().min(1).optional(),
    OTEL_SERVICE_NAME: z.string().min(1).optional(),

    /** Set by Vercel. There is no long-lived worker there, so a request drains the jobs it caused after it answered. */
    VERCEL: z.string().optional(),
  })
  .refine(
    ({ TREASURY_NETWORK, TREASURY_PRIVATE_KEY, TREASURY_KMS_KEY_ID }) =>
      (TREASURY_NETWORK !== undefined) === (TREASURY_PRIVATE_KEY !== undefined || TREASURY_KMS_KEY_ID !== undefined),
    {
      message: 'TREASURY_NETWORK is set together with TREASURY_PRIVATE_KEY or TREASURY_KMS_KEY_ID, or none of them is',
      path: ['TREASURY_NETWORK'],
    },
  )
  .refine(({ TREASURY_PRIVATE_KEY, TREASURY_KMS_KEY_ID }) => !TREASURY_PRIVATE_KEY || !TREASURY_KMS_KEY_ID, {
    message: 'The treasury has one key: TREASURY_PRIVATE_KEY or TREASURY_KMS_KEY_ID',
    path: ['TREASURY_KMS_KEY_ID'],
  })
  .refine(({ TREASURY_KMS_KEY_ID: key, AWS_REGION }) => !key || key.startsWith('arn:') || AWS_REGION !== undefined, {
    message: 'TREASURY_KMS_KEY_ID needs the region of its key, unless it is an ARN, which names it',
    path: ['AWS_REGION'],
  })
  .refine(
    ({ CIRCLE_API_KEY, CIRCLE_ENTITY_SECRET }) =>
      (CIRCLE_API_KEY === undefined) === (CIRCLE_ENTITY_SECRET === undefined),
    {
      message: 'CIRCLE_API_KEY is set together with CIRCLE_ENTITY_SECRET, or neither of them is',
      path: ['CIRCLE_ENTITY_SECRET'],
    },
  )
  .refine(({ SMTP_URL, ALERT_EMAIL_TO }) => (SMTP_URL === undefined) === (ALERT_EMAIL_TO === undefined), {
    message: 'SMTP_URL is set together with ALERT_EMAIL_TO, or neither of them is',
    path: ['SMTP_URL'],
  })
  .refine(
    ({ KAFKA_SASL_USERNAME, KAFKA_SASL_PASSWORD }) =>
      (KAFKA_SASL_USERNAME === undefined) === (KAFKA_SASL_PASSWORD === undefined),
    {
      message: 'KAFKA_SASL_USERNAME is set together with KAFKA_SASL_PASSWORD, or neither of them is',
      path: ['KAFKA_SASL_USERNAME'],
    },
  )
  .refine(
    ({ KAFKA_BROKERS = [], KAFKA_TLS, KAFKA_SASL_PASSWORD }) =>
      KAFKA_TLS === 'on' || KAFKA_SASL_PASSWORD === undefined || areLoopback(KAFKA_BROKERS),
    { message: 'KAFKA_TLS is on where a password is sent', path: ['KAFKA_TLS'] },
  )

export type Environment = z.infer<typeof Environment>

type Variables = Record<string, string | undefined>

/** An empty variable counts as absent. */
function presentOf(variables: Variables): Variables {
  return Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== undefined && value !== ''))
}

export type EnvironmentFault = { name: string; missing: boolean; message: string }

function faultsOf(error: z.ZodError, present: Variables): EnvironmentFault[] {
  return error.issues.map(({ path: [first], message }) => {
    const name = String(first)
    return { name, missing: present[name] === undefined, message }
  })
}

/** One line of what a person reads who starts the app: the variable, what is wrong with it, and what to set it to. */
function lineOf({ name, missing, message }: EnvironmentFault): string {
  const source = variableSources[name]
  return `  ${name} ${missing && !message.includes(name) ? 'is not set' : `is not right: ${message}`}.${source ? ` Set it: ${source}.` : ''}`
}

/**
 * Reads the configuration from the given variables. An empty variable counts as absent.
 * Throws one error that names every missing or malformed variable, with the step that mends it, and never shows a value.
 */
export function parseEnvironment(variables: Variables): Environment {
  const present = presentOf(variables)
  const result = Environment.safeParse(present)
  if (result.success) return result.data
  const lines = faultsOf(result.error, present).map(lineOf)
  throw new Error(`The configuration is not complete:\n${lines.join('\n')}\n.env.example says more of each.`)
}

/** The name of every variable that is read. */
export const environmentNames = Object.keys(Environment.shape) as (keyof Environment)[]

/**
 * As `parseEnvironment`, for a tool that goes on with what is right: every value that can be used, and what is wrong with
 * the others. Two variables that contradict each other are named once each is right by itself.
 */
export function inspectEnvironment(variables: Variables): {
  values: Partial<Environment>
  faults: EnvironmentFault[]
} {
  const present = presentOf(variables)
  const result = Environment.safeParse(present)
  if (result.success) return { values: result.data, faults: [] }
  const faults = faultsOf(result.error, present)
  const values = environmentNames.flatMap((name): [string, unknown][] => {
    const value = Environment.shape[name].safeParse(present[name])
    return value.success && !faults.some((fault) => fault.name === name) ? [[name, value.data]] : []
  })
  return { values: Object.fromEntries(values) as Partial<Environment>, faults }
}

let parsed: Environment | undefined

/** This process's configuration, read once. Throws as `parseEnvironment` does. */
export function env(): Environment {
  parsed ??= parseEnvironment(process.env)
  return parsed
}
