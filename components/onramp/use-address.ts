'use client'

import { useEffect, useState } from 'react'
import {
  type AddressContext,
  type AddressVerdict,
  checkAddress,
  checksumFault,
} from '#components/onramp/address-check.ts'

/** The verdict on an address being typed; its checksum is looked at once it is whole, by code that is loaded then. */
export function useAddress(typed: string, context: AddressContext): AddressVerdict & { checking: boolean } {
  const verdict = checkAddress(typed, context)
  const whole = verdict.state === 'good' ? verdict.address : null
  const [checked, setChecked] = useState<{ address: string; fault: string | null } | null>(null)

  useEffect(() => {
    if (!whole) return
    let dropped = false
    checksumFault(whole)
      // Code that cannot be loaded must not stop a purchase: the server checks again and says so.
      .catch(() => null)
      .then((fault) => {
        if (!dropped) setChecked({ address: whole, fault })
      })
    return () => {
      dropped = true
    }
  }, [whole])

  if (!whole) return { ...verdict, checking: false }
  if (checked?.address !== whole) return { state: 'typing', checking: true }
  if (checked.fault) return { state: 'refused', reason: checked.fault, checking: false }
  return { ...verdict, checking: false }
}
