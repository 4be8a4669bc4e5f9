import type { ReactNode } from 'react'
import { Facts } from '#components/operate/facts.tsx'
import { Amount } from '#components/ui/amount.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { Card } from '#components/ui/card.tsx'
import { cx } from '#components/ui/cx.ts'
import { RelativeTime } from '#components/ui/relative-time.tsx'

type InventoryCardProps = {
  asset: string
  /** The network as people call it. */
  place: string
  onChain: { amount: string; block: string; at: string } | null
  posted: string
  held: string
  free: string
  low: string | null
  isLow: boolean
  fill: number | null
  forSale: boolean
  sold: { amount: string; purchases: number; average: string; left: string; hours: string } | null
}

/** One asset of the treasury: what may still be sold, beside the mark below which it is short, and how long it lasts. */
export function InventoryCard(props: InventoryCardProps) {
  const { asset, place, free, low, isLow, fill, forSale, onChain, posted, held, sold } = props
  return (
    <Card className="flex min-w-0 flex-col gap-5 p-5">
      <div className="flex flex-wrap items-start justify-between gap-x-3 gap-y-2">
        <div className="min-w-0">
          <h2 className="text-sm font-medium text-ink-2">
            {asset} on {place}
          </h2>
          <p className="mt-1 text-lg font-semibold tracking-tight sm:text-xl">
            <Amount value={free} code={asset} />
          </p>
          <p className="mt-0.5 text-sm text-ink-3">{forSale ? 'free to sell' : 'from payments, not for sale'}</p>
        </div>
        {low !== null && <Badge tone={isLow ? 'attention' : 'arrived'}>{isLow ? 'Low' : 'Enough'}</Badge>}
      </div>
      {low !== null && fill !== null && <Level fill={fill} isLow={isLow} low={low} asset={asset} />}
      <Facts
        facts={[
          ['On chain', onChain && <Amount key="chain" value={onChain.amount} code={asset} />],
          [
            'Read',
            onChain && (
              <span key="read">
                <RelativeTime at={onChain.at} />
                <span className="text-ink-3"> at block {onChain.block}</span>
              </span>
            ),
          ],
          ['Posted', <Amount key="posted" value={posted} code={asset} />],
          ['Held for deliveries', <Amount key="held" value={held} code={asset} />],
          ...(forSale ? pace(sold, asset) : []),
        ]}
      />
    </Card>
  )
}

/** How fast it goes, and how long what is left lasts at that. */
function pace(sold: InventoryCardProps['sold'], asset: string): [string, ReactNode][] {
  if (!sold) return [['Sold in 24 hours', 'Nothing']]
  return [
    [
      'Sold in 24 hours',
      <span key="sold">
        <Amount value={sold.amount} code={asset} />
        <span className="text-ink-3"> in {purchases(String(sold.purchases))}</span>
      </span>,
    ],
    ['Usual purchase', <Amount key="average" value={sold.average} code={asset} />],
    ['Lasts at this pace', lasting(sold.hours)],
    ['Enough for', purchases(sold.left)],
  ]
}

/** The mark stands at a quarter, so that what is left above it is seen at a glance. */
function Level({ fill, isLow, low, asset }: { fill: number; isLow: boolean; low: string; asset: string }) {
  return (
    <div>
      <div className="relative h-3 overflow-hidden rounded-sm bg-sunk" aria-hidden="true">
        <div className={cx('h-full', isLow ? 'bg-lamp' : 'bg-moss')} style={{ width: `${Math.max(fill, 1)}%` }} />
        <div className="absolute inset-y-0 left-1/4 w-0.5 bg-ink" />
      </div>
      <p className="mt-1.5 pl-[25%] text-xs text-ink-3">
        Low mark <Amount value={low} code={asset} />
      </p>
    </div>
  )
}

function lasting(hours: string): string {
  const count = BigInt(hours)
  if (count < 1n) return 'Less than an hour'
  if (count < 48n) return `${count} ${count === 1n ? 'hour' : 'hours'}`
  const days = count / 24n
  return days > 365n ? 'More than a year' : `${days} days`
}

function purchases(count: string): string {
  const grouped = new Intl.NumberFormat('en-US').format(BigInt(count))
  return `${grouped} ${count === '1' ? 'purchase' : 'purchases'}`
}
