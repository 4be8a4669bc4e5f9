'use client'

import type { Route } from 'next'
import Link from 'next/link'
import { networkName } from '#components/onramp/network-name.ts'
import { Amount } from '#components/ui/amount.tsx'
import { Card } from '#components/ui/card.tsx'
import type { DashboardAgent, DashboardBalance } from '#lib/dashboard/schema.ts'
import { formatAmount, parseAmount } from '#lib/money/amount.ts'
import { type Asset, assetNames } from '#lib/money/assets.ts'

/** More decimals than any asset has, so that amounts of all can be added. */
const decimals = 18

type BalanceCardProps = { balances: DashboardBalance[]; agents: DashboardAgent[] }

/** What the agents' wallets hold: in all, and each. */
export function BalanceCard({ balances, agents }: BalanceCardProps) {
  return (
    <Card className="p-5">
      <h2 className="text-sm text-ink-2">Balance</h2>
      {balances.length === 0 && (
        <p className="mt-1 text-sm text-ink-2">
          Nothing yet. Send USDC to the address of one of{' '}
          <Link href={'/agents' as Route} prefetch={false} className="rounded-sm underline underline-offset-4">
            your agents
          </Link>
          .
        </p>
      )}
      {totalsOf(balances).map(({ asset, balance, held }) => (
        <div key={asset} className="mt-1">
          <Amount value={balance} code={asset} className="text-xl font-semibold tracking-tight" />
          {held !== '0.00' && (
            <p className="text-sm text-ink-2">
              of which <Amount value={held} code={asset} /> are promised
            </p>
          )}
        </div>
      ))}
      {balances.length > 1 && (
        <ul className="mt-3 space-y-1 border-line border-t pt-3 text-sm">
          {balances.map((each) => (
            <li key={`${each.walletId} ${each.asset}`} className="flex justify-between gap-3">
              <span className="min-w-0 truncate text-ink-2">
                {agents.find(({ id }) => id === each.agentId)?.name} · {networkName(each.network)}
              </span>
              <Amount value={each.balance} code={each.asset} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}

function totalsOf(balances: DashboardBalance[]): { asset: Asset; balance: string; held: string }[] {
  const sum = (asset: Asset, of: (each: DashboardBalance) => string): string => {
    const units = balances
      .filter((each) => each.asset === asset)
      .reduce((total, each) => total + parseAmount(of(each), decimals), 0n)
    return formatAmount(units, decimals, { minimumDecimals: 2 })
  }
  return assetNames
    .filter((asset) => balances.some((each) => each.asset === asset))
    .map((asset) => ({ asset, balance: sum(asset, ({ balance }) => balance), held: sum(asset, ({ held }) => held) }))
}
