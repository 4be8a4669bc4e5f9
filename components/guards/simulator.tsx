'use client'

import { useId, useState } from 'react'
import { FailureNotice } from '#components/account/failure-notice.tsx'
import { useSend } from '#components/account/use-send.ts'
import { VerdictBadge } from '#components/guards/verdict-badge.tsx'
import { GuardResults } from '#components/intents/guard-results.tsx'
import { Button } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import { FullAddress } from '#components/ui/full-address.tsx'
import { Input } from '#components/ui/input.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { Select } from '#components/ui/select.tsx'
import type { Guard, GuardTrial } from '#lib/guards/schema.ts'

/** A wallet that a payment can be tried from. */
export type TrialWallet = { id: string; label: string; assets: string[] }

type SimulatorProps = {
  path: string
  wallets: TrialWallet[]
  /** Names of contacts, to choose from. */
  contacts: string[]
  /** The rules as they are edited; null while one is not whole. */
  guards: Guard[] | null
}

/** Would this payment pass now, by the rules as they are edited, and why. Nothing is proposed and nothing held. */
export function Simulator({ path, wallets, contacts, guards }: SimulatorProps) {
  const [walletId, setWalletId] = useState(wallets[0]?.id ?? '')
  const wallet = wallets.find(({ id }) => id === walletId)
  const [recipient, setRecipient] = useState('')
  const [amount, setAmount] = useState('')
  const [asset, setAsset] = useState('')
  const [trial, setTrial] = useState<{ of: string; answer: GuardTrial } | null>(null)
  const { send, busy, failure, forget } = useSend<GuardTrial>()
  const list = useId()
  const paid = wallet?.assets.includes(asset) ? asset : (wallet?.assets[0] ?? 'USDC')
  const body = { guards, payment: { walletId, recipient: recipient.trim(), amount: amount.trim(), asset: paid } }
  const of = JSON.stringify(body)

  async function attempt() {
    const answer = await send({ method: 'POST', path, body })
    setTrial(answer && { of, answer })
  }
  function edit(set: (text: string) => void) {
    return (text: string) => {
      set(text)
      forget()
    }
  }

  if (!wallet) {
    return (
      <p className="px-5 pb-5 text-sm text-ink-2">
        There is no wallet yet to pay from. Once there is, you can try a payment here.
      </p>
    )
  }
  return (
    <div className="flex flex-col gap-4 px-5 pb-5">
      <form
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault()
          void attempt()
        }}
      >
        {wallets.length > 1 && (
          <Field label="From">
            {(control) => (
              <Select {...control} value={walletId} onChange={(event) => edit(setWalletId)(event.target.value)}>
                {wallets.map(({ id, label }) => (
                  <option key={id} value={id}>
                    {label}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        )}
        <Field label="To">
          {(control) => (
            <>
              <Input
                {...control}
                list={list}
                value={recipient}
                placeholder="Contact, @handle or 0x…"
                autoComplete="off"
                spellCheck={false}
                onChange={(event) => edit(setRecipient)(event.target.value)}
              />
              <datalist id={list}>
                {contacts.map((name) => (
                  <option key={name} value={name} />
                ))}
              </datalist>
            </>
          )}
        </Field>
        <div className="grid grid-cols-[minmax(0,1fr)_7rem] gap-2">
          <Field label="Amount">
            {(control) => (
              <Input
                {...control}
                inputMode="decimal"
                value={amount}
                placeholder="200.00"
                autoComplete="off"
                onChange={(event) => edit(setAmount)(event.target.value)}
              />
            )}
          </Field>
          <Field label="Asset">
            {(control) => (
              <Select {...control} value={paid} onChange={(event) => edit(setAsset)(event.target.value)}>
                {wallet.assets.map((each) => (
                  <option key={each}>{each}</option>
                ))}
              </Select>
            )}
          </Field>
        </div>
        <Button
          type="submit"
          variant="secondary"
          busy={busy}
          disabled={guards === null || recipient.trim() === '' || amount.trim() === ''}
        >
          Would it pass?
        </Button>
      </form>
      {failure && <FailureNotice failure={failure} />}
      {trial && !failure && <Answer answer={trial.answer} stale={trial.of !== of} />}
    </div>
  )
}

function Answer({ answer, stale }: { answer: GuardTrial; stale: boolean }) {
  const { status, saved, heldBack, recipientAddress, guardResults } = answer
  return (
    <div role="status">
      {stale && <p className="mb-2 text-sm text-ink-2">The rules or the payment changed since. Try again.</p>}
      <p className="flex flex-wrap items-center gap-2 text-sm">
        <VerdictBadge verdict={status} />
        {saved === status ? 'by these rules, and by the saved ones' : 'by these rules; the saved ones differ:'}
        {saved !== status && <VerdictBadge verdict={saved} />}
      </p>
      {heldBack && (
        <Notice tone="attention" title="It could not be paid now, whatever the rules say" className="mt-3">
          {heldBack}
        </Notice>
      )}
      <div className="mt-3 text-sm">
        <p className="text-ink-3">It would go to</p>
        <FullAddress value={recipientAddress} />
      </div>
      <div className="mt-3 border-line border-t pt-3">
        <GuardResults results={guardResults} />
      </div>
    </div>
  )
}
