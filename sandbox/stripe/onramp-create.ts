import { isIP } from 'node:net'
import { isAddress } from 'viem'

import { invalid, unknownParameter } from '#sandbox/stripe/errors.ts'
import type { FormFields, FormValue } from '#sandbox/stripe/form.ts'
import { type Currency, currencies, networks, purchaseFor, sourceAmountFor } from '#sandbox/stripe/rates.ts'
import { newId, nowInSeconds, type OnrampSession } from '#sandbox/stripe/state.ts'

const known = new Set([
  'wallet_addresses',
  'lock_wallet_address',
  'source_currency',
  'source_amount',
  'destination_amount',
  'destination_currency',
  'destination_network',
  'destination_currencies',
  'destination_networks',
  'customer_ip_address',
  'customer_information',
  'metadata',
  'settlement_speed',
  'expand',
])

/** Makes a session of the request's fields, or refuses them with the code that Stripe uses for it. */
export function newOnrampSession(fields: FormFields): OnrampSession {
  const stranger = Object.keys(fields).find((name) => !known.has(name))
  if (stranger !== undefined) throw unknownParameter(stranger)

  const walletAddresses = readAddresses(fields.wallet_addresses)
  const destination = readDestination(fields, Object.keys(walletAddresses ?? {}))
  const lockWalletAddress = fields.lock_wallet_address === 'true'
  if (lockWalletAddress && !walletAddresses) {
    throw onramp('no_wallet_address_to_lock', 'lock_wallet_address needs a wallet address.', 'lock_wallet_address')
  }
  checkCustomer(text(fields, 'customer_ip_address'))

  const id = newId('cos_1', 12)
  return {
    id,
    clientSecret: `${id}_secret_${newId('s').slice(2)}`,
    pageHash: newId('p', 24).slice(2),
    created: nowInSeconds(),
    status: 'initialized',
    metadata: readStrings(fields.metadata, 'metadata'),
    ...readSource(fields),
    ...destination,
    walletAddresses,
    lockWalletAddress,
    purchase: null,
    card: null,
    transactionId: null,
  }
}

function readSource(fields: FormFields): { sourceCurrency: Currency | null; sourceAmount: string | null } {
  const currencyText = text(fields, 'source_currency')
  const currency = currencies.find((name) => name === currencyText)
  if (currencyText !== undefined && currency === undefined) {
    throw invalid('Invalid source_currency: must be one of usd or eur', 'source_currency')
  }
  const source = text(fields, 'source_amount')
  const destination = text(fields, 'destination_amount')
  if (source !== undefined && destination !== undefined) {
    throw invalid('You may only specify one of these parameters: source_amount, destination_amount.', 'source_amount')
  }
  if (source !== undefined && currency === undefined) {
    throw onramp('missing_source_currency', 'source_amount needs source_currency.', 'source_currency')
  }
  if (destination !== undefined && text(fields, 'destination_currency') === undefined) {
    throw onramp(
      'missing_destination_currency',
      'destination_amount needs destination_currency.',
      'destination_currency',
    )
  }
  const amount = destination === undefined ? source : sourceAmountFor(destination, currency ?? 'usd')
  if (amount !== undefined) purchaseFor(amount, currency ?? 'usd')
  return { sourceCurrency: currency ?? (amount === undefined ? null : 'usd'), sourceAmount: amount ?? null }
}

function readDestination(fields: FormFields, addressKeys: string[]) {
  const destinationCurrency = text(fields, 'destination_currency') ?? null
  const destinationNetwork = text(fields, 'destination_network') ?? null
  const destinationCurrencies = readList(fields.destination_currencies, 'destination_currencies')
  const destinationNetworks = readList(fields.destination_networks, 'destination_networks')
  const allNetworks = [...(destinationNetworks ?? []), ...(destinationNetwork === null ? [] : [destinationNetwork])]

  for (const name of allNetworks) {
    const network = networks.find((candidate) => candidate.name === name)
    if (!network) throw invalid(`Invalid destination_network: ${name}`, 'destination_network')
    if (!network.usdc) throw pairError(name)
  }
  for (const currency of [...(destinationCurrencies ?? []), destinationCurrency ?? 'usdc']) {
    // The real service sells more; what this one has on its chain is USDC.
    if (currency !== 'usdc') throw pairError(currency)
  }
  if (destinationCurrency !== null && allNetworks.length === 0) {
    throw onramp(
      'incomplete_destination_currency_and_network_pair',
      'destination_currency needs destination_network.',
      'destination_network',
    )
  }
  if (destinationNetwork !== null && destinationNetworks && !destinationNetworks.includes(destinationNetwork)) {
    throw onramp(
      'conflicting_destination_network',
      'destination_network is not in destination_networks.',
      'destination_network',
    )
  }
  if (addressKeys.some((key) => !allNetworks.some((name) => keyOf(name) === key))) {
    throw onramp(
      'wallet_addresses_not_all_networks_supported',
      'wallet_addresses names a network that is not among destination_networks.',
      'wallet_addresses',
    )
  }
  return { destinationCurrency, destinationNetwork, destinationCurrencies, destinationNetworks }
}

function readAddresses(value: FormValue | undefined): Record<string, string> | null {
  if (value === undefined || value === '') return null
  const addresses = readStrings(value, 'wallet_addresses')
  for (const [key, address] of Object.entries(addresses)) {
    const param = `wallet_addresses[${key}]`
    const network = networks.find((candidate) => candidate.key === key)
    if (!network) throw unknownParameter(param)
    if (network.usdc && !isAddress(address)) throw invalid(`Invalid wallet address: ${address}`, param)
  }
  return Object.keys(addresses).length === 0 ? null : addresses
}

/** TEST-NET-3 stands for a country that is not served. */
function checkCustomer(ip: string | undefined): void {
  if (ip === undefined) return
  if (isIP(ip) === 0) throw invalid('The IP address is malformed.', 'customer_ip_address', 'customer_ip_address')
  if (ip.startsWith('203.0.113.')) {
    throw onramp('unsupported_country', 'The customer is in a country that is not supported.', 'customer_ip_address')
  }
}

const onramp = (code: string, message: string, param: string) => invalid(message, param, `crypto_onramp_${code}`)

const pairError = (name: string) =>
  onramp('invalid_destination_currency_and_network_pair', `USDC on ${name} is not sold here.`, 'destination_network')

const keyOf = (name: string) => networks.find((network) => network.name === name)?.key

function text(fields: FormFields, name: string): string | undefined {
  const value = fields[name]
  if (value === undefined || value === '') return undefined
  if (typeof value !== 'string') throw invalid(`Invalid string: ${name}`, name)
  return value
}

function readList(value: FormValue | undefined, name: string): string[] | null {
  if (value === undefined || value === '') return null
  if (!Array.isArray(value) || !value.every((entry) => typeof entry === 'string')) throw invalid('Invalid array', name)
  return value
}

function readStrings(value: FormValue | undefined, name: string): Record<string, string> {
  if (value === undefined || value === '') return {}
  if (typeof value !== 'object' || Array.isArray(value)) throw invalid('Invalid hash', name)
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => {
      if (typeof entry !== 'string') throw invalid(`Invalid string: ${name}[${key}]`, `${name}[${key}]`)
      return [key, entry]
    }),
  )
}
