'use client'

import { useMemo } from 'react'
import { checkAddress } from '#components/onramp/address-check.ts'
import { useAddress } from '#components/onramp/use-address.ts'

/**
 * The verdict on an address being typed, and the address as soon as it is whole. Its checksum may still be looked at then:
 * who presses in that moment is not made to press again, since the server looks at it too.
 */
export function useTypedAddress(typed: string, tokenAddresses: string[]) {
  const context = useMemo(() => ({ tokenAddresses, knownAddresses: [] }), [tokenAddresses])
  const verdict = useAddress(typed, context)
  const form = verdict.checking ? checkAddress(typed, context) : verdict
  return { verdict, address: form.state === 'good' ? form.address : null }
}
