'use client'

import type { Route } from 'next'
import { useRouter } from 'next/navigation'
import { type FormEvent, useState } from 'react'
import { FailureNotice } from '#components/account/failure-notice.tsx'
import { useSend } from '#components/account/use-send.ts'
import { Button } from '#components/ui/button.tsx'
import { Card } from '#components/ui/card.tsx'
import { Field } from '#components/ui/field.tsx'
import { FullAddress } from '#components/ui/full-address.tsx'
import { Input } from '#components/ui/input.tsx'
import { Select } from '#components/ui/select.tsx'
import type { Intent } from '#lib/intents/schema.ts'

type PayFormProps = {
  walletId: string
  address: string
  network: string
  assets: string[]
  /** Names of contacts to choose from while typing. */
  contacts: string[]
}

const fields = ['recipient', 'amount', 'asset', 'purpose']

/** Proposes a payment out of a wallet of one's own. Its guards judge it like any other; then the wallet has to sign. */
export function PayForm({ walletId, address, network, assets, contacts }: PayFormProps) {
  const router = useRouter()
  const { send, busy, failure, forget } = useSend<Intent>()
  const [recipient, setRecipient] = useState('')
  const [amount, setAmount] = useState('')
  const [asset, setAsset] = useState(assets.includes('USDC') ? 'USDC' : (assets[0] ?? ''))
  const [purpose, setPurpose] = useState('')
  const [pressed, setPressed] = useState(false)
  const missing = (value: string, words: string) => (pressed && value.trim() === '' ? words : null)
  const wrong = (field: string) => (failure?.field === field ? failure.detail : null)
  const change = (set: (value: string) => void) => (event: { target: { value: string } }) => {
    forget()
    set(event.target.value)
  }

  async function propose(event: FormEvent) {
    event.preventDefault()
    setPressed(true)
    if ([recipient, amount, purpose].some((value) => value.trim() === '')) return
    const body = { walletId, recipient: recipient.trim(), amount: amount.trim(), asset, purpose: purpose.trim() }
    const intent = await send({ method: 'POST', path: '/api/v1/intents', body })
    if (intent) router.push(`/intents/${intent.id}` as Route)
  }

  return (
    <Card className="max-w-140 p-5 sm:p-8">
      <form onSubmit={propose} noValidate className="flex flex-col gap-4">
        <div className="rounded-md bg-sunk px-3.5 py-3 text-sm">
          <p className="text-ink-3">From your wallet, on {network}</p>
          <FullAddress value={address} />
        </div>
        <Field
          label="To"
          hint="An address, one of your contacts, or a handle such as @ada."
          error={wrong('recipient') ?? missing(recipient, 'Say whom you pay.')}
        >
          {(control) => (
            <>
              <Input
                {...control}
                value={recipient}
                onChange={change(setRecipient)}
                maxLength={100}
                list="pay-contacts"
                autoComplete="off"
                autoCapitalize="off"
                spellCheck={false}
              />
              <datalist id="pay-contacts">
                {contacts.map((name) => (
                  <option key={name} value={name} />
                ))}
              </datalist>
            </>
          )}
        </Field>
        <div className="grid grid-cols-[1fr_7rem] items-start gap-3">
          <Field label="Amount" error={wrong('amount') ?? missing(amount, 'Say how much.')}>
            {(control) => (
              <Input
                {...control}
                value={amount}
                onChange={change(setAmount)}
                maxLength={40}
                inputMode="decimal"
                autoComplete="off"
                placeholder="10.00"
                className="tabular-nums"
              />
            )}
          </Field>
          <Field label="Asset" error={wrong('asset')}>
            {(control) => (
              <Select {...control} value={asset} onChange={change(setAsset)}>
                {assets.map((each) => (
                  <option key={each}>{each}</option>
                ))}
              </Select>
            )}
          </Field>
        </div>
        <Field label="What for" error={wrong('purpose') ?? missing(purpose, 'Say what it is for, in a line.')}>
          {(control) => (
            <Input {...control} value={purpose} onChange={change(setPurpose)} maxLength={280} autoComplete="off" />
          )}
        </Field>
        {failure && !fields.includes(failure.field ?? '') && <FailureNotice failure={failure} />}
        <Button type="submit" busy={busy} className="sm:self-start">
          Go on to sign
        </Button>
        <p className="text-sm text-ink-3">Nothing moves yet: your wallet asks you first, with the whole address.</p>
      </form>
    </Card>
  )
}
