'use client'

import { Wallet } from 'lucide-react'
import dynamic from 'next/dynamic'
import { type FormEvent, useState } from 'react'
import type { TransferRequest } from '#components/sign/types.ts'
import { Button } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { showAmount } from '#components/ui/show-amount.ts'
import { useLocale } from '#components/ui/use-locale.ts'
import type { WalletChain } from '#components/wallet/types.ts'
import { linkReference } from '#lib/links/reference.ts'
import type { Link } from '#lib/links/schema.ts'
import { InvalidAmount, parseAmount } from '#lib/money/amount.ts'

const PayDialog = dynamic(() => import('#components/sign/pay-dialog.tsx').then((module) => module.PayDialog), {
  ssr: false,
})

type PayWithWalletProps = { link: Link; chain: WalletChain; decimals: number; onSent: (hash: string) => void }

/** Pays from a wallet in this browser or on a phone: what is due, or for a link without an amount what the payer says. */
export function PayWithWallet({ link, chain, decimals, onSent }: PayWithWalletProps) {
  const locale = useLocale()
  const [typed, setTyped] = useState('')
  const [error, setError] = useState<string | null>(null)
  const [request, setRequest] = useState<TransferRequest | null>(null)

  function begin(event: FormEvent) {
    event.preventDefault()
    try {
      const amount = link.due ?? typed.trim()
      const units = parseAmount(amount, decimals)
      if (units === 0n) return setError('Say how much you want to pay.')
      const { asset, token, address: to, id } = link
      setRequest({ chain, asset, token, to, amount, units: String(units), reference: linkReference(id) })
    } catch (caught) {
      if (!(caught instanceof InvalidAmount)) throw caught
      setError(caught.message)
    }
  }

  return (
    <form onSubmit={begin} noValidate className="flex flex-col gap-4">
      {link.due === null && (
        <Field label={`How much, in ${link.asset}`} error={error} reserve>
          {(control) => (
            <Input
              {...control}
              value={typed}
              onChange={(event) => {
                setTyped(event.target.value.slice(0, 40))
                setError(null)
              }}
              inputMode="decimal"
              autoComplete="off"
              placeholder="10.00"
              className="tabular-nums"
            />
          )}
        </Field>
      )}
      <Button type="submit" className="w-full sm:w-auto sm:self-start">
        <Wallet aria-hidden="true" className="size-4" />
        {link.due === null ? 'Pay from a wallet' : `Pay ${showAmount(link.due, link.asset, locale)} from a wallet`}
      </Button>
      {request && (
        <PayDialog
          request={request}
          onSent={(hash) => {
            setRequest(null)
            onSent(hash)
          }}
          onClose={() => setRequest(null)}
        />
      )}
    </form>
  )
}
