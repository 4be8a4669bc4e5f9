'use client'

import { Plus } from 'lucide-react'
import type { Route } from 'next'
import { useRouter } from 'next/navigation'
import { type FormEvent, useState } from 'react'
import { FailureNotice } from '#components/account/failure-notice.tsx'
import { useSend } from '#components/account/use-send.ts'
import type { LinkWallet } from '#components/links/types.ts'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { Select } from '#components/ui/select.tsx'
import type { OwnLink } from '#lib/links/schema.ts'

const day = 24 * 3_600_000
const lives = [
  { name: 'It stays until you end it', milliseconds: null },
  { name: 'In a day', milliseconds: day },
  { name: 'In a week', milliseconds: 7 * day },
  { name: 'In 30 days', milliseconds: 30 * day },
] as const

/** Asks others to pay: into which wallet, how much, what for, until when. */
export function CreateLink({ wallets }: { wallets: LinkWallet[] }) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <Plus aria-hidden="true" className="size-4" /> New link
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title="Ask to be paid"
        description="Whoever has the link can see it and pay it. It shows them the note and the wallet’s address."
      >
        <CreateLinkForm wallets={wallets} />
      </Dialog>
    </>
  )
}

function CreateLinkForm({ wallets }: { wallets: LinkWallet[] }) {
  const router = useRouter()
  const { send, busy, failure, forget } = useSend<OwnLink>()
  const [walletId, setWalletId] = useState(wallets[0]?.id ?? '')
  const [asset, setAsset] = useState('USDC')
  const [amount, setAmount] = useState('')
  const [note, setNote] = useState('')
  const [life, setLife] = useState(0)
  const wallet = wallets.find(({ id }) => id === walletId)
  const assets = wallet?.assets ?? []
  const chosen = assets.includes(asset) ? asset : (assets[0] ?? '')
  const wrong = (field: string) => (failure?.field === field ? failure.detail : null)
  const change = (set: () => void) => {
    forget()
    set()
  }

  async function create(event: FormEvent) {
    event.preventDefault()
    const milliseconds = lives[life]?.milliseconds ?? null
    const body = {
      walletId,
      asset: chosen,
      ...(amount.trim() === '' ? {} : { amount: amount.trim() }),
      ...(note.trim() === '' ? {} : { note: note.trim() }),
      // To the minute, so that pressing again after an unclear answer is the same request.
      ...(milliseconds === null
        ? {}
        : { expiresAt: new Date(Math.floor((Date.now() + milliseconds) / 60_000) * 60_000).toISOString() }),
    }
    const link = await send({ method: 'POST', path: '/api/v1/links', body })
    if (link) router.push(`/links/${link.id}` as Route)
  }

  return (
    <form onSubmit={create} noValidate className="flex flex-col gap-4">
      <Field label="Into" error={wrong('walletId')}>
        {(control) => (
          <Select {...control} value={walletId} onChange={(event) => change(() => setWalletId(event.target.value))}>
            {wallets.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <div className="grid grid-cols-[1fr_7rem] items-start gap-3">
        <Field label="Amount" hint="Empty takes any amount." error={wrong('amount')}>
          {(control) => (
            <Input
              {...control}
              value={amount}
              onChange={(event) => change(() => setAmount(event.target.value.slice(0, 40)))}
              inputMode="decimal"
              autoComplete="off"
              placeholder="25.00"
              className="tabular-nums"
            />
          )}
        </Field>
        <Field label="Asset" error={wrong('asset')}>
          {(control) => (
            <Select {...control} value={chosen} onChange={(event) => change(() => setAsset(event.target.value))}>
              {assets.map((each) => (
                <option key={each}>{each}</option>
              ))}
            </Select>
          )}
        </Field>
      </div>
      <Field label="What for" hint="Whoever opens the link reads it." error={wrong('note')}>
        {(control) => (
          <Input
            {...control}
            value={note}
            onChange={(event) => change(() => setNote(event.target.value))}
            maxLength={140}
            autoComplete="off"
            placeholder="Invoice 7"
          />
        )}
      </Field>
      <Field label="It ends" error={wrong('expiresAt')}>
        {(control) => (
          <Select {...control} value={life} onChange={(event) => change(() => setLife(Number(event.target.value)))}>
            {lives.map(({ name }, index) => (
              <option key={name} value={index}>
                {name}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {failure && !['walletId', 'amount', 'asset', 'note', 'expiresAt'].includes(failure.field ?? '') && (
        <FailureNotice failure={failure} />
      )}
      <Button type="submit" busy={busy}>
        Make the link
      </Button>
    </form>
  )
}
