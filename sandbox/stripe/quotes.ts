import { invalid } from '#sandbox/stripe/errors.ts'
import type { FormFields, FormValue } from '#sandbox/stripe/form.ts'
import { cents, currencies, networks, purchaseFor, totalCents, usdc } from '#sandbox/stripe/rates.ts'
import { newId } from '#sandbox/stripe/state.ts'

/** GET /v1/crypto/onramp/quotes: one quote of USDC for each network asked for, null where there is none. */
export function quotesFor(query: FormFields) {
  const currency = currencies.find((name) => name === (query.source_currency ?? 'usd'))
  if (!currency) throw invalid('Invalid source_currency: must be one of usd or eur', 'source_currency')
  const sourceAmount = String(query.source_amount ?? '100.00')
  const purchase = purchaseFor(sourceAmount, currency)
  const wantsUsdc = includes(query.destination_currencies, 'usdc')

  const quotes = networks.map(({ name, key, usdc: sold }) => {
    if (!sold || !wantsUsdc || !includes(query.destination_networks, name)) return [key, null]
    const quote = {
      id: newId('quote'),
      destination_amount: usdc(purchase.usdcUnits),
      destination_currency: 'usdc',
      destination_network: name,
      fees: {
        network_fee_monetary: cents(purchase.networkCents),
        transaction_fee_monetary: cents(purchase.processingCents),
      },
      source_total_amount: cents(totalCents(purchase)),
    }
    return [key, [quote]]
  })
  return {
    id: newId('quotes'),
    object: 'crypto.onramp.quotes',
    livemode: false,
    rate_fetched_at: Date.now() / 1000,
    source_amount: cents(purchase.sourceCents),
    source_currency: currency,
    destination_network_quotes: Object.fromEntries(quotes),
  }
}

function includes(list: FormValue | undefined, name: string): boolean {
  return list === undefined || (Array.isArray(list) ? list.includes(name) : list === name)
}
