import { type Asset, type Network, networkNames } from '#lib/money/assets.ts'
import { networks } from '#lib/rails/chain/networks.ts'
import { rpcVariables } from '#lib/rails/chain/rpc.ts'
import type { Check, Group } from '#scripts/doctor/check.ts'
import { alertChat } from '#scripts/doctor/checks/alert-chat.ts'
import { alertEmail } from '#scripts/doctor/checks/alert-email.ts'
import { appAnswers } from '#scripts/doctor/checks/app-answers.ts'
import { appSecret } from '#scripts/doctor/checks/app-secret.ts'
import { appUrl } from '#scripts/doctor/checks/app-url.ts'
import { browserRights } from '#scripts/doctor/checks/browser-rights.ts'
import { circleEntitySecret } from '#scripts/doctor/checks/circle-entity-secret.ts'
import { circleKey } from '#scripts/doctor/checks/circle-key.ts'
import { circleModes, circleNetworksOf } from '#scripts/doctor/checks/circle-modes.ts'
import { circleScreening } from '#scripts/doctor/checks/circle-screening.ts'
import { circleWebhook } from '#scripts/doctor/checks/circle-webhook.ts'
import { circleWebhookDoor } from '#scripts/doctor/checks/circle-webhook-door.ts'
import { clock } from '#scripts/doctor/checks/clock.ts'
import { coinbase } from '#scripts/doctor/checks/coinbase.ts'
import { coingecko } from '#scripts/doctor/checks/coingecko.ts'
import { cronSecret } from '#scripts/doctor/checks/cron-secret.ts'
import { databaseEncryption } from '#scripts/doctor/checks/database-encryption.ts'
import { databaseLogin } from '#scripts/doctor/checks/database-login.ts'
import { databaseOwnership } from '#scripts/doctor/checks/database-ownership.ts'
import { databasePooling } from '#scripts/doctor/checks/database-pooling.ts'
import { databaseReads } from '#scripts/doctor/checks/database-reads.ts'
import { databaseRoles } from '#scripts/doctor/checks/database-roles.ts'
import { freshPrices } from '#scripts/doctor/checks/fresh-prices.ts'
import { migrations } from '#scripts/doctor/checks/migrations.ts'
import { modes } from '#scripts/doctor/checks/modes.ts'
import { queue } from '#scripts/doctor/checks/queue.ts'
import { reconciliation } from '#scripts/doctor/checks/reconciliation.ts'
import { restSchemas } from '#scripts/doctor/checks/rest-schemas.ts'
import { restStranger } from '#scripts/doctor/checks/rest-stranger.ts'
import { rowSecurity } from '#scripts/doctor/checks/row-security.ts'
import { rpc } from '#scripts/doctor/checks/rpc.ts'
import { stream } from '#scripts/doctor/checks/stream.ts'
import { stripeEvents } from '#scripts/doctor/checks/stripe-events.ts'
import { stripeKey } from '#scripts/doctor/checks/stripe-key.ts'
import { stripeOnramp } from '#scripts/doctor/checks/stripe-onramp.ts'
import { stripeWebhook } from '#scripts/doctor/checks/stripe-webhook.ts'
import { supabaseAuth } from '#scripts/doctor/checks/supabase-auth.ts'
import { token } from '#scripts/doctor/checks/token.ts'
import { treasuryGas } from '#scripts/doctor/checks/treasury-gas.ts'
import { treasuryKey } from '#scripts/doctor/checks/treasury-key.ts'
import { treasuryNonces } from '#scripts/doctor/checks/treasury-nonces.ts'
import { treasuryTokens } from '#scripts/doctor/checks/treasury-tokens.ts'
import { variables } from '#scripts/doctor/checks/variables.ts'
import { waitingForPeople } from '#scripts/doctor/checks/waiting-for-people.ts'
import { walletSignIn } from '#scripts/doctor/checks/wallet-sign-in.ts'
import { walletConnect } from '#scripts/doctor/checks/walletconnect.ts'
import { webhookDoor } from '#scripts/doctor/checks/webhook-door.ts'
import { worker } from '#scripts/doctor/checks/worker.ts'
import type { Patient } from '#scripts/doctor/patient.ts'

/** Everything that is looked at, from the configuration outwards, in the order in which it is set up. */
export function groupsFor(patient: Patient): Group[] {
  const settings: Group['checks'] = [variables, appUrl, appSecret, cronSecret, walletConnect, modes, treasuryKey]
  const database: Group['checks'] = [
    databaseLogin,
    databaseEncryption,
    databasePooling,
    databaseOwnership,
    databaseRoles,
    databaseReads,
    migrations,
    rowSecurity,
    browserRights,
  ]
  return [
    { title: 'Configuration', checks: settings, gated: false },
    { title: 'Database', checks: database, gated: true },
    { title: 'Supabase', checks: [supabaseAuth, walletSignIn, restSchemas, restStranger], gated: true },
    { title: 'Stripe', checks: [stripeKey, clock, stripeOnramp, stripeWebhook, stripeEvents], gated: true },
    ...circleGroup(patient),
    ...chainGroups(patient),
    { title: 'Rates', checks: [coingecko, coinbase, freshPrices], gated: false },
    { title: 'App', checks: [appAnswers, webhookDoor, ...circleDoor(patient)], gated: true },
    { title: 'Work', checks: [worker, queue, reconciliation, waitingForPeople], gated: false },
    { title: 'Alerts', checks: [alertChat, alertEmail], gated: false },
    ...streamGroup(patient),
  ]
}

/** Circle is asked where a key of its is set. Without one agents have no wallets, which is no fault. */
function circleGroup({ values }: Patient): Group[] {
  if (values.CIRCLE_API_KEY === undefined) return []
  const checks: Group['checks'] = [circleKey, circleModes, circleEntitySecret, circleWebhook, circleScreening]
  return [{ title: 'Circle', checks, gated: true }]
}

/** Brokers are asked where some are configured. Without them nothing leaves, which is no fault. */
const streamGroup = ({ values }: Patient): Group[] =>
  values.KAFKA_BROKERS === undefined ? [] : [{ title: 'Stream', checks: [stream], gated: false }]

const circleDoor = ({ values }: Patient): Check[] => (values.CIRCLE_API_KEY === undefined ? [] : [circleWebhookDoor])

/** One group a network that something is sold or paid on, or where agents have wallets, or that has a node configured; the treasury's with what it holds. */
function chainGroups(patient: Patient): Group[] {
  const { offers, values, treasury } = patient
  const sold = attempt(offers)
  const agents = attempt(() => [...circleNetworksOf(patient).keys()])
  return networkNames.flatMap((network): Group[] => {
    const assets = new Set(
      sold.flatMap((offer): Asset[] => [
        ...(offer.network === network ? [offer.asset] : []),
        ...(offer.settlementNetwork === network ? (['USDC'] as const) : []),
      ]),
    )
    if (agents.includes(network)) assets.add('USDC')
    const own = treasury?.network === network
    if (assets.size === 0 && !own && values[rpcVariables[network]] === undefined) return []
    const more: Check[] = [...assets].map((asset) => token(asset, network))
    if (own) more.push(treasuryTokens, treasuryGas, treasuryNonces)
    return [{ title: titleOf(network), checks: [rpc(network), ...more], gated: true }]
  })
}

const titleOf = (network: Network): string => networks[network].label

function attempt<T>(list: () => T[]): T[] {
  try {
    return list()
  } catch {
    // A network that nobody knows, or no STRIPE_NETWORKS: the checks of live and test say so.
    return []
  }
}
