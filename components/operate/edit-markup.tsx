'use client'

import { Pencil } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { type FormEvent, useState } from 'react'
import type { ActionResult } from '#components/operate/confirm-action.tsx'
import { useDone } from '#components/operate/desk-toasts.tsx'
import { quotedPrice } from '#components/operate/quoted-price.ts'
import { RatePrice } from '#components/operate/rate-price.tsx'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { Notice } from '#components/ui/notice.tsx'
import type { RateAsset, RateCurrency } from '#lib/rates/pairs.ts'

type Policy = {
  base: RateAsset
  quote: RateCurrency
  markupAbsolute: string
  markupBasisPoints: string
  jumpBasisPoints: string
}

export type EditMarkupAction = (policy: Policy) => Promise<ActionResult>

type EditMarkupProps = {
  pair: {
    base: RateAsset
    quote: RateCurrency
    newest: { price: string } | null
    markupAbsolute: string
    markupBasisPoints: number
    jumpBasisPoints: number
  }
  save: EditMarkupAction
}

const unreachable: ActionResult = {
  ok: false,
  detail: 'Causeway did not answer. It may have been done; look before you try again.',
}

/** What a quote of one pair adds, and how far its price may move at once; before it is saved, what that comes to is shown. */
export function EditMarkup({ pair, save }: EditMarkupProps) {
  const { base, quote, newest } = pair
  const before = {
    markupAbsolute: pair.markupAbsolute,
    markupBasisPoints: String(pair.markupBasisPoints),
    jumpBasisPoints: String(pair.jumpBasisPoints),
  }
  const router = useRouter()
  const say = useDone()
  const [open, setOpen] = useState(false)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const [typed, setTyped] = useState(before)
  const changed = Object.entries(before).some(([name, value]) => typed[name as keyof typeof before] !== value)

  function toggle(next: boolean) {
    if (busy) return
    setProblem(null)
    if (next) setTyped(before)
    setOpen(next)
  }

  async function submit(event: FormEvent) {
    event.preventDefault()
    if (busy || !changed) return
    setBusy(true)
    setProblem(null)
    const result = await save({ base, quote, ...typed }).catch(() => unreachable)
    setBusy(false)
    if (!result.ok) return setProblem(result.detail)
    setOpen(false)
    say('The markup is changed', `${base} in ${quote}`)
    router.refresh()
  }

  const input = (name: keyof typeof before) => ({
    value: typed[name],
    inputMode: 'decimal' as const,
    autoComplete: 'off',
    required: true,
    onChange: (event: { target: { value: string } }) => setTyped({ ...typed, [name]: event.target.value }),
  })
  return (
    <>
      <Button variant="quiet" size="sm" data-desk-act onClick={() => toggle(true)}>
        <Pencil aria-hidden="true" className="size-3.5" /> Change
        <span className="sr-only">
          {' '}
          {base} in {quote}
        </span>
      </Button>
      <Dialog
        open={open}
        onOpenChange={toggle}
        title={`${base} in ${quote}`}
        description="Quotes from now on add this to the price. Quotes that were given stand as they are. The audit log keeps your name."
      >
        <form onSubmit={submit} className="flex flex-col gap-4">
          <Field label={`On each ${base}, in ${quote}`} hint="An amount, such as 0.10.">
            {(control) => <Input {...control} {...input('markupAbsolute')} />}
          </Field>
          <Field label="And basis points of the price" hint="100 are one per cent; at most 1000.">
            {(control) => <Input {...control} {...input('markupBasisPoints')} />}
          </Field>
          <Field
            label="Held beyond, in basis points"
            hint="A price that moves farther at once is held, and you are told."
          >
            {(control) => <Input {...control} {...input('jumpBasisPoints')} />}
          </Field>
          {newest && <Outcome price={newest.price} quote={quote} before={before} after={typed} />}
          {problem && (
            <Notice tone="failed" title="Not done" announce>
              {problem}
            </Notice>
          )}
          <div className="flex justify-end gap-2">
            <Button variant="secondary" onClick={() => toggle(false)}>
              Cancel
            </Button>
            <Button type="submit" busy={busy} disabled={!changed}>
              Quote so from now on
            </Button>
          </div>
        </form>
      </Dialog>
    </>
  )
}

type Markup = { markupAbsolute: string; markupBasisPoints: string }
type OutcomeProps = { price: string; quote: RateCurrency; before: Markup; after: Markup }

function Outcome({ price, quote, before, after }: OutcomeProps) {
  const was = quotedPrice(price, before.markupAbsolute, before.markupBasisPoints)
  const next = quotedPrice(price, after.markupAbsolute, after.markupBasisPoints)
  const rows: [string, string | null][] = [
    ['Price now', price],
    ['Quoted now', was],
    ['Quoted then', next],
  ]
  return (
    <dl className="grid grid-cols-[1fr_auto] gap-y-1 rounded-md bg-sunk px-3 py-2 text-sm" aria-live="polite">
      {rows.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-ink-2">{name}</dt>
          <dd className="text-right tabular-nums">{value ? <RatePrice price={value} currency={quote} /> : '—'}</dd>
        </div>
      ))}
    </dl>
  )
}
