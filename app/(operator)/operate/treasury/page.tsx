import { Vault } from 'lucide-react'
import type { Metadata } from 'next'
import { requireOperator } from '#app/(operator)/operate/require-operator.ts'
import { InventoryCard } from '#components/operate/inventory-card.tsx'
import { LedgerLines } from '#components/operate/ledger-lines.tsx'
import { Amount } from '#components/ui/amount.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { Card } from '#components/ui/card.tsx'
import { CopyAddress } from '#components/ui/copy-address.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { RelativeTime } from '#components/ui/relative-time.tsx'
import { listLedgerLines } from '#lib/operate/ledger.ts'
import { getTreasury, type TreasuryView } from '#lib/operate/treasury.ts'
import { networks } from '#lib/rails/chain/networks.ts'

export const metadata: Metadata = { title: 'Treasury' }

export default async function TreasuryPage() {
  const actor = await requireOperator()
  const [treasury, { items: lines }] = await Promise.all([
    getTreasury({ actor }),
    listLedgerLines({ actor, limit: 10 }),
  ])
  if (!treasury.configured && treasury.inventory.length === 0) {
    return (
      <main id="main">
        <h1 className="sr-only">Treasury</h1>
        <Card>
          <EmptyState icon={Vault} title="No treasury is configured">
            MUSD is sold from a treasury of your own. Set TREASURY_NETWORK and TREASURY_PRIVATE_KEY, or
            TREASURY_KMS_KEY_ID, start the app and its worker again, and send MUSD and some gas to its address. Until
            then only USDC is sold, which Stripe delivers itself.
          </EmptyState>
        </Card>
      </main>
    )
  }
  return (
    <main id="main" className="flex flex-col gap-6">
      <h1 className="sr-only">Treasury</h1>
      {!treasury.configured && (
        <Notice tone="attention" title="No treasury is configured any more">
          What is below is from before. MUSD is not sold; what buyers paid for still has to be delivered by it.
        </Notice>
      )}
      <Where treasury={treasury} />
      {treasury.inventory.length === 0 ? (
        <Card>
          <EmptyState icon={Vault} title="Not read yet">
            Its balance is read on chain within five minutes, and at the first delivery. Until then nothing is known
            here.
          </EmptyState>
        </Card>
      ) : (
        <div className="grid gap-4 lg:grid-cols-2">
          {treasury.inventory.map(({ network, ...item }) => (
            <InventoryCard key={`${item.asset} ${network}`} {...item} place={networks[network].label} />
          ))}
        </div>
      )}
      {lines.length > 0 && (
        <section>
          <div className="mb-3 flex items-center justify-between gap-3">
            <h2 className="text-base">Last movements</h2>
            <LinkButton href="/operate/ledger" variant="quiet" size="sm">
              The whole ledger
            </LinkButton>
          </div>
          <LedgerLines lines={lines} />
        </section>
      )}
    </main>
  )
}

/** Where it is, and what it has to pay for gas. */
function Where({ treasury: { address, addressUrl, network, gas, checkedAt } }: { treasury: TreasuryView }) {
  if (!address || !network) {
    return (
      <Notice title="Not looked at yet">
        Its address, its gas and its low marks show up here once the worker has looked at it, which it does every
        minute.
      </Notice>
    )
  }
  return (
    <Card className="flex flex-wrap items-center gap-x-8 gap-y-3 px-5 py-4 text-sm">
      <div>
        <p className="text-xs text-ink-3">Address on {networks[network].label}</p>
        <CopyAddress value={address} label="Treasury" href={addressUrl} />
      </div>
      {gas && (
        <div>
          <p className="text-xs text-ink-3">Gas</p>
          <p className="flex min-h-7 flex-wrap items-center gap-x-2 tabular-nums">
            <Amount value={gas.amount} code={gas.symbol} />{' '}
            <span className="text-ink-3">
              low mark <Amount value={gas.low} code={gas.symbol} />
            </span>
            {gas.isLow && <Badge tone="attention">Low</Badge>}
          </p>
        </div>
      )}
      {checkedAt && (
        <div>
          <p className="text-xs text-ink-3">Looked at</p>
          <p className="flex h-7 items-center">
            <RelativeTime at={checkedAt} />
          </p>
        </div>
      )}
    </Card>
  )
}
