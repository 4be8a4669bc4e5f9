import postgres from 'postgres'
import type Stripe from 'stripe'
import type { PublicClient } from 'viem'
import { trustAuthority } from '#lib/db/trust.ts'
import { type Environment, type EnvironmentFault, inspectEnvironment } from '#lib/env.ts'
import type { Network } from '#lib/money/assets.ts'
import { type Offer, offersOf } from '#lib/onramp/offers.ts'
import { createChainClient } from '#lib/rails/chain/client.ts'
import { networks } from '#lib/rails/chain/networks.ts'
import { rpcVariables } from '#lib/rails/chain/rpc.ts'
import { type CircleClient, createCircle } from '#lib/rails/circle/client.ts'
import { createStripe } from '#lib/rails/stripe/client.ts'
import { type DoctorsTreasury, treasuryOf } from '#scripts/doctor/treasury.ts'

export type Variables = Record<string, string | undefined>

/** A configuration under examination, and the means to ask what it points to. Nothing is connected before it is asked. */
export type Patient = {
  variables: Variables
  values: Partial<Environment>
  faults: EnvironmentFault[]
  /** The value of a variable that the check needs, and that the runner has therefore made sure of. */
  need: <Name extends keyof Environment>(name: Name) => NonNullable<Environment[Name]>
  /** Whether real money moves: a live Stripe key. */
  live: boolean
  /** What this configuration sells. Throws where STRIPE_NETWORKS names a network that nobody knows. */
  offers: () => Offer[]
  treasury: DoctorsTreasury | undefined
  /** As the login role of DATABASE_URL. */
  sql: () => postgres.Sql
  /** One query in the role `worker`, as the app does it. */
  asWorker: (query: (sql: postgres.TransactionSql) => postgres.PendingQuery<postgres.Row[]>) => Promise<postgres.Row[]>
  stripe: () => Stripe
  circle: () => CircleClient
  /** The network's nodes, the preferred one first. */
  rpcUrls: (network: Network) => string[]
  /** A client of the network's node: the preferred one, or the one that was found to answer. */
  chain: (network: Network) => PublicClient
  /** Takes this node for the network from here on. */
  chooseNode: (network: Network, url: string) => void
  end: () => Promise<void>
}

/** Takes the variables as they are, complete or not. */
export function admit(variables: Variables): Patient {
  const { values, faults } = inspectEnvironment(variables)
  const treasury = treasuryOf(values, variables)
  let connection: postgres.Sql | undefined
  let stripe: Stripe | undefined
  let circle: CircleClient | undefined

  function need<Name extends keyof Environment>(name: Name): NonNullable<Environment[Name]> {
    const value = values[name]
    if (value === undefined || value === null) throw new Error(`${name} is needed and not there.`)
    return value as NonNullable<Environment[Name]>
  }
  function sql(): postgres.Sql {
    if (connection === undefined && values.DATABASE_CA !== undefined) trustAuthority(values.DATABASE_CA)
    connection ??= postgres(need('DATABASE_URL'), {
      prepare: false,
      max: 1,
      connect_timeout: 10,
      onnotice: () => {},
      connection: { application_name: 'causeway doctor' },
    })
    return connection
  }
  const chosen = new Map<Network, string>()
  const rpcUrls = (of: Network): string[] => {
    const own = [values[rpcVariables[of]] ?? []].flat()
    return own.length > 0 ? own : [networks[of].defaultRpcUrl]
  }

  return {
    variables,
    values,
    faults,
    need,
    live: /^(sk|rk)_live_/.test(values.STRIPE_SECRET_KEY ?? ''),
    offers: () => offersOf(need('STRIPE_NETWORKS'), treasury && { network: treasury.network, feeBasisPoints: 0 }),
    treasury,
    sql,
    asWorker: async (query) => {
      const [, rows] = await sql().begin((tx) => [tx`select set_config('role', 'worker', true)`, query(tx)])
      return rows ?? []
    },
    stripe: () => {
      stripe ??= createStripe({ secretKey: need('STRIPE_SECRET_KEY'), apiUrl: values.STRIPE_API_URL })
      return stripe
    },
    circle: () => {
      circle ??= createCircle({
        apiKey: need('CIRCLE_API_KEY'),
        entitySecret: need('CIRCLE_ENTITY_SECRET'),
        apiUrl: values.CIRCLE_API_URL,
      })
      return circle
    },
    rpcUrls,
    chain: (of) => createChainClient(of, chosen.get(of) ?? rpcUrls(of)[0] ?? networks[of].defaultRpcUrl),
    chooseNode: (of, url) => void chosen.set(of, url),
    end: async () => {
      await connection?.end({ timeout: 5 })
    },
  }
}
