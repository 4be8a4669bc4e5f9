import { Check } from 'lucide-react'
import { type ActionResult, ConfirmAction } from '#components/operate/confirm-action.tsx'
import { DeskCell, DeskRow, DeskTable } from '#components/operate/desk-table.tsx'
import { RatePrice } from '#components/operate/rate-price.tsx'
import { sourceName } from '#components/rates/source-name.ts'
import { RelativeTime } from '#components/ui/relative-time.tsx'
import type { RateAsset, RateCurrency } from '#lib/rates/pairs.ts'

type Held = {
  source: string
  base: RateAsset
  quote: RateCurrency
  at: string
  price: string
  observedAt: string
  because: 'jump' | 'disagreement'
  instead: string | null
  before: string | null
}

const reasons: Record<Held['because'], string> = {
  jump: 'far from the price before',
  disagreement: 'far from the other source',
}

const columns = [
  'Pair',
  'Source',
  { name: 'Said', right: true as const },
  { name: 'Before', right: true as const },
  { name: 'Stands instead', right: true as const },
  'Held, as it is',
  'Seen',
  { name: 'Action', right: true as const },
]

type HeldRatesProps = { held: Held[]; accept: (reading: string, note: string) => Promise<ActionResult> }

/** What no price was made of, and why. Where the ten minutes have no other, an operator may say that it is the price. */
export function HeldRates({ held, accept }: HeldRatesProps) {
  return (
    <DeskTable label="Held prices" columns={columns}>
      {held.map((reading) => {
        const { source, base, quote, at, price, observedAt, because, instead, before } = reading
        const id = [source, base, quote, at].join('|')
        return (
          <DeskRow key={id}>
            <DeskCell>
              <span className="font-medium">
                {base} in {quote}
              </span>
            </DeskCell>
            <DeskCell>{sourceName(source)}</DeskCell>
            <DeskCell right>
              <RatePrice price={price} currency={quote} />
            </DeskCell>
            <DeskCell right>{before ? <RatePrice price={before} currency={quote} /> : '—'}</DeskCell>
            <DeskCell right>{instead ? <RatePrice price={instead} currency={quote} /> : 'Nothing'}</DeskCell>
            <DeskCell>
              <span className="text-ink-2">{reasons[because]}</span>
            </DeskCell>
            <DeskCell>
              <RelativeTime at={observedAt} />
            </DeskCell>
            <DeskCell right>
              {!instead && (
                <ConfirmAction
                  id={id}
                  action={accept}
                  icon={<Check aria-hidden="true" className="size-3.5" />}
                  label="Accept"
                  title="Is this the price?"
                  description="It becomes the price of its ten minutes, and what comes after is measured by it. While it is fresh, quotes stand on it. This cannot be taken back; the audit log keeps your name."
                  subject={`${base} in ${quote}: ${price}`}
                  note={{
                    label: 'How do you know?',
                    hint: 'Such as where else you looked. It is kept with the price.',
                  }}
                  confirm="Accept it as the price"
                  done="It is the price"
                />
              )}
            </DeskCell>
          </DeskRow>
        )
      })}
    </DeskTable>
  )
}
