'use client'

import { useEffect, useMemo, useState } from 'react'
import { amountFault, tidyAmount } from '#components/onramp/amount-check.ts'
import { savedSessions } from '#components/onramp/saved-sessions.ts'
import type { CurrencyOption, Options, Pair } from '#components/onramp/types.ts'
import { useAddress } from '#components/onramp/use-address.ts'
import { useOptions } from '#components/onramp/use-options.ts'
import { useQuote } from '#components/onramp/use-quote.ts'
import { useLocale } from '#components/ui/use-locale.ts'

const noOptions: Pair[] = []

/** What is being bought: the choices made so far, what is wrong with them, and the live quote for them. */
export function usePurchase(held: boolean) {
  const locale = useLocale()
  const { options, failure: optionsFailure, retry: retryOptions } = useOptions()
  const [chosen, setChosen] = useState<{ asset: string; network: string } | null>(null)
  const [currencyCode, setCurrencyCode] = useState('USD')
  const [typedAmount, setTypedAmount] = useState('25')
  const [typedAddress, setTypedAddress] = useState('')
  const [refused, setRefused] = useState<{ field: string; value: string; detail: string } | null>(null)
  const known = useKnownAddresses()

  const pair = pickPair(options, chosen)
  const currency = pickCurrency(options, currencyCode)
  const amount = tidyAmount(typedAmount)
  const fault = currency ? amountFault(amount, currency, locale) : null

  const request =
    pair && currency && fault === null
      ? { asset: pair.asset, network: pair.network, sourceAmount: amount, sourceCurrency: currency.code }
      : null
  const quote = useQuote(request, held)

  const pairs = options?.pairs ?? noOptions
  const context = useMemo(
    () => ({ tokenAddresses: pairs.map((each) => each.tokenAddress), knownAddresses: known }),
    [pairs, known],
  )
  const verdict = useAddress(typedAddress, context)

  const refusalOf = (field: string, value: string) =>
    refused?.field === field && refused.value === value ? refused.detail : null
  const quoteRefusal = quote.failure?.field === 'sourceAmount' ? quote.failure.detail : null

  return {
    options,
    optionsFailure,
    retryOptions,
    pair,
    currency,
    amount,
    typedAmount,
    amountError: fault ?? quoteRefusal ?? refusalOf('sourceAmount', amount),
    quote,
    typedAddress,
    address: verdict.state === 'good' ? verdict.address : null,
    verdict,
    addressRefusal: refusalOf('walletAddress', typedAddress.trim()),
    knownAddresses: known,
    setPair: setChosen,
    setCurrencyCode,
    setTypedAmount,
    setTypedAddress,
    /** Keeps what the server said of a field, for as long as the field says the same. */
    refuse: (field: string, detail: string) =>
      setRefused({ field, detail, value: field === 'walletAddress' ? typedAddress.trim() : amount }),
  }
}

export type Purchase = ReturnType<typeof usePurchase>

function pickPair(options: Options | null, chosen: { asset: string; network: string } | null): Pair | null {
  if (!options) return null
  const same = options.pairs.find((each) => each.asset === chosen?.asset && each.network === chosen.network)
  return same ?? options.pairs[0] ?? null
}

function pickCurrency(options: Options | null, code: string): CurrencyOption | null {
  return options?.currencies.find((each) => each.code === code) ?? options?.currencies[0] ?? null
}

/** Addresses this browser has bought to; none in the first drawing, which the server made. */
function useKnownAddresses(): string[] {
  const [known, setKnown] = useState<string[]>([])
  useEffect(() => {
    const addresses = savedSessions().flatMap((each) => each.walletAddress ?? [])
    setKnown([...new Set(addresses)])
  }, [])
  return known
}
