import { Amount } from '#components/ui/amount.tsx'
import { cx } from '#components/ui/cx.ts'
import type { Balance } from '#lib/wallets/schema.ts'

type BalanceFiguresProps = { balances: Balance[]; large?: boolean }

/** What a wallet can still spend, and what it has promised. Assets it holds nothing of are left out, all but one. */
export function BalanceFigures({ balances, large = false }: BalanceFiguresProps) {
  return (
    <ul className="flex flex-wrap gap-x-8 gap-y-2">
      {shownOf(balances).map(({ asset, available, held }) => (
        <li key={asset}>
          <Amount
            value={available}
            code={asset}
            className={cx('block font-semibold tracking-tight', large ? 'text-xl sm:text-2xl' : 'text-lg')}
          />
          {isSome(held) && (
            <span className="text-sm text-ink-3">
              and <Amount value={held} code={asset} /> held for payments
            </span>
          )}
        </li>
      ))}
    </ul>
  )
}

function shownOf(balances: Balance[]): Balance[] {
  const some = balances.filter(({ balance }) => isSome(balance))
  if (some.length > 0) return some
  return balances.filter(({ asset }) => asset === 'USDC').slice(0, 1)
}

function isSome(amount: string): boolean {
  return /[1-9]/.test(amount)
}
