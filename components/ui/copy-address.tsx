'use client'

import { useState } from 'react'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { cx } from '#components/ui/cx.ts'

type CopyAddressProps = {
  value: string
  /** What it is: "Wallet", "Transaction". */
  label: string
  /** Opens an explorer's page of it. */
  href?: string | null | undefined
  className?: string
}

/** An address or hash: its first 6 and last 4 characters, the whole of it on demand, a copy, and its explorer. */
export function CopyAddress({ value, label, href, className }: CopyAddressProps) {
  const [whole, setWhole] = useState(false)
  const short = value.length > 13 ? `${value.slice(0, 6)}…${value.slice(-4)}` : value
  const text = whole ? value : short
  return (
    <span className={cx('inline-flex max-w-full items-center gap-0.5 font-mono text-sm', className)}>
      {href ? (
        <a
          href={href}
          target="_blank"
          rel="noopener noreferrer"
          title={value}
          className={cx(
            'min-w-0 rounded-sm underline decoration-edge underline-offset-4 hover:decoration-ink',
            whole && 'break-all',
          )}
        >
          <span aria-hidden="true">{text}</span>
          <span className="sr-only">
            {label} {value} on the explorer, opens in a new tab
          </span>
        </a>
      ) : (
        <button
          type="button"
          aria-expanded={whole}
          title={whole ? 'Shorten' : value}
          onClick={() => setWhole(!whole)}
          className={cx('min-w-0 rounded-sm text-left hover:text-tide', whole && 'break-all')}
        >
          <span aria-hidden="true">{text}</span>
          <span className="sr-only">
            {label} {value}
          </span>
        </button>
      )}
      <CopyButton text={value} label={`Copy ${label.toLowerCase()}`} />
    </span>
  )
}
