'use client'

import { CircleAlert } from 'lucide-react'
import { useId } from 'react'
import type { CurrencyOption, Options, Pair } from '#components/onramp/types.ts'
import { cx } from '#components/ui/cx.ts'
import { Segmented } from '#components/ui/segmented.tsx'
import { Select } from '#components/ui/select.tsx'
import { showAmount } from '#components/ui/show-amount.ts'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { useLocale } from '#components/ui/use-locale.ts'

const presets = ['25', '50', '100', '250']
const signs: Record<string, string> = { USD: '$', EUR: '€' }

type AmountStepProps = {
  options: Options | null
  pair: Pair | null
  currency: CurrencyOption | null
  amount: string
  error: string | null
  onPair: (pair: Pair) => void
  onCurrency: (code: string) => void
  onAmount: (amount: string) => void
}

/** What is bought, and for how much. */
export function AmountStep({ options, pair, currency, amount, error, onPair, onCurrency, onAmount }: AmountStepProps) {
  const id = useId()
  const code = currency?.code ?? 'USD'
  return (
    <div className="space-y-4">
      {options && pair ? (
        <AssetChoice pairs={options.pairs} pair={pair} onPair={onPair} />
      ) : (
        <Skeleton className="h-14" />
      )}
      <div>
        <div className="mb-1.5 flex h-6 items-center justify-between gap-3">
          <label htmlFor={id} className="text-sm font-medium">
            Buy for
          </label>
          {options && options.currencies.length > 1 ? (
            <CurrencyChoice codes={options.currencies.map((each) => each.code)} code={code} onCurrency={onCurrency} />
          ) : (
            <span className="text-sm text-ink-3">{code}</span>
          )}
        </div>
        <div className="relative">
          <span
            aria-hidden="true"
            className="pointer-events-none absolute inset-y-0 left-4 flex items-center text-xl text-ink-3"
          >
            {signs[code] ?? ''}
          </span>
          <input
            id={id}
            name="amount"
            inputMode="decimal"
            autoComplete="off"
            enterKeyHint="next"
            maxLength={40}
            value={amount}
            aria-invalid={error ? true : undefined}
            aria-describedby={`${id}-error`}
            onChange={(event) => onAmount(event.target.value)}
            className="h-15 w-full rounded-md border border-edge bg-raised pr-4 pl-10 text-xl font-semibold tracking-tight tabular-nums transition-colors aria-invalid:border-brick"
          />
        </div>
        <Presets amount={amount} code={code} onAmount={onAmount} />
        {/* Its line is kept free, so that an error moves nothing. */}
        <p
          id={`${id}-error`}
          aria-live="polite"
          className="-mb-2 flex min-h-7 items-center gap-1.5 pt-1.5 text-sm text-brick"
        >
          {error && <CircleAlert aria-hidden="true" className="size-4 shrink-0" />}
          {error}
        </p>
      </div>
    </div>
  )
}

function Presets({ amount, code, onAmount }: { amount: string; code: string; onAmount: (amount: string) => void }) {
  const locale = useLocale()
  return (
    <div className="mt-2 grid grid-cols-4 gap-2">
      {presets.map((preset) => (
        <button
          key={preset}
          type="button"
          aria-pressed={amount === preset}
          onClick={() => onAmount(preset)}
          className={cx(
            'h-9 rounded-sm border text-sm tabular-nums transition-colors',
            amount === preset
              ? 'border-tide bg-tide-soft font-medium text-tide'
              : 'border-line text-ink-2 hover:border-edge hover:text-ink',
          )}
        >
          {showAmount(preset, code, locale).replace(/[.,]00/, '')}
        </button>
      ))}
    </div>
  )
}

function AssetChoice({ pairs, pair, onPair }: { pairs: Pair[]; pair: Pair; onPair: (pair: Pair) => void }) {
  const assets = [...new Set(pairs.map((each) => each.asset))]
  const networks = pairs.filter((each) => each.asset === pair.asset)
  const choose = (asset: string, network?: string) => {
    const next = pairs.find((each) => each.asset === asset && (network === undefined || each.network === network))
    if (next) onPair(next)
  }
  return (
    <div className="space-y-2">
      <Segmented
        legend="What to buy"
        name="asset"
        value={pair.asset}
        onChange={(asset) => choose(asset)}
        options={assets.map((asset) => {
          const where = pairs.filter((each) => each.asset === asset)
          const first = where[0]
          return {
            value: asset,
            label: asset,
            detail: where.length === 1 && first ? `on ${first.chainName}` : `on ${where.length} networks`,
          }
        })}
      />
      {networks.length > 1 && (
        <Select
          aria-label={`Network for ${pair.asset}`}
          value={pair.network}
          onChange={(event) => choose(pair.asset, event.target.value)}
        >
          {networks.map((each) => (
            <option key={each.network} value={each.network}>
              {each.asset} on {each.chainName}
            </option>
          ))}
        </Select>
      )}
    </div>
  )
}

function CurrencyChoice({
  codes,
  code,
  onCurrency,
}: {
  codes: string[]
  code: string
  onCurrency: (code: string) => void
}) {
  return (
    <fieldset className="flex gap-1">
      <legend className="sr-only">Currency you pay in</legend>
      {codes.map((each) => (
        <label
          key={each}
          className={cx(
            'relative cursor-pointer rounded-sm px-2 py-1 text-xs transition-colors has-focus-visible:outline-2 has-focus-visible:outline-tide',
            each === code ? 'bg-sunk font-medium text-ink' : 'text-ink-3 hover:text-ink',
          )}
        >
          <input
            type="radio"
            name="currency"
            value={each}
            checked={each === code}
            onChange={() => onCurrency(each)}
            className="absolute inset-x-0 top-0 h-1 cursor-pointer opacity-0"
          />
          {each}
        </label>
      ))}
    </fieldset>
  )
}
