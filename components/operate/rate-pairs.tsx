import { DeskCell, DeskRow, DeskTable } from '#components/operate/desk-table.tsx'
import { EditMarkup, type EditMarkupAction } from '#components/operate/edit-markup.tsx'
import { RatePrice } from '#components/operate/rate-price.tsx'
import { percentOf } from '#components/operate/rate-words.ts'
import { sourceName } from '#components/rates/source-name.ts'
import { Badge } from '#components/ui/badge.tsx'
import { RelativeTime } from '#components/ui/relative-time.tsx'
import type { RateAsset, RateCurrency } from '#lib/rates/pairs.ts'

export type RatePair = {
  base: RateAsset
  quote: RateCurrency
  newest: { price: string; observedAt: string; spreadBasisPoints: number; sources: string[]; origin: string } | null
  fresh: boolean
  ticks: number
  markupAbsolute: string
  markupBasisPoints: number
  jumpBasisPoints: number
}

const columns = [
  'Pair',
  { name: 'Price', right: true as const },
  'Seen',
  'Quotes',
  'From',
  { name: 'Spread', right: true as const },
  { name: 'Of 24 hours', right: true as const },
  { name: 'A quote adds', right: true as const },
  { name: 'Held beyond', right: true as const },
  { name: 'Action', right: true as const },
]

/** Every pair: its price and how old it is, and what a quote makes of it. */
export function RatePairs({ pairs, save }: { pairs: RatePair[]; save: EditMarkupAction }) {
  return (
    <DeskTable label="Prices" columns={columns}>
      {pairs.map((pair) => (
        <DeskRow key={`${pair.base}/${pair.quote}`}>
          <DeskCell>
            <span className="font-medium">
              {pair.base} in {pair.quote}
            </span>
          </DeskCell>
          <Newest pair={pair} />
          <DeskCell right>{percentOf((pair.ticks * 10_000) / 144)}</DeskCell>
          <DeskCell right>
            <Markup pair={pair} />
          </DeskCell>
          <DeskCell right>{percentOf(pair.jumpBasisPoints)}</DeskCell>
          <DeskCell right>
            <EditMarkup pair={pair} save={save} />
          </DeskCell>
        </DeskRow>
      ))}
    </DeskTable>
  )
}

function Newest({ pair: { newest, quote, fresh } }: { pair: RatePair }) {
  if (!newest) {
    return (
      <>
        <DeskCell right>—</DeskCell>
        <DeskCell>Never</DeskCell>
        <DeskCell>
          <Badge tone="failed">None</Badge>
        </DeskCell>
        <DeskCell>—</DeskCell>
        <DeskCell right>—</DeskCell>
      </>
    )
  }
  const { price, observedAt, sources, spreadBasisPoints, origin } = newest
  return (
    <>
      <DeskCell right>
        <RatePrice price={price} currency={quote} />
      </DeskCell>
      <DeskCell>
        <RelativeTime at={observedAt} className={fresh ? '' : 'font-medium text-lamp'} />
      </DeskCell>
      <DeskCell>
        <Badge tone={fresh ? 'arrived' : 'failed'}>{fresh ? 'Given' : 'None: too old'}</Badge>
      </DeskCell>
      <DeskCell>
        {sources.map(sourceName).join(', ')}
        {origin === 'history' && <span className="text-ink-3">, afterwards</span>}
      </DeskCell>
      <DeskCell right>{sources.length > 1 ? percentOf(spreadBasisPoints) : '—'}</DeskCell>
    </>
  )
}

function Markup({ pair: { markupAbsolute, markupBasisPoints, quote } }: { pair: RatePair }) {
  const absolute = /[1-9]/.test(markupAbsolute)
  if (!absolute && markupBasisPoints === 0) return <span className="text-ink-3">Nothing</span>
  return (
    <>
      {absolute && `${markupAbsolute} ${quote}`}
      {absolute && markupBasisPoints > 0 && ' and '}
      {markupBasisPoints > 0 && percentOf(markupBasisPoints)}
    </>
  )
}
