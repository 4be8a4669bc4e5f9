'use client'

import { Check, Copy, X } from 'lucide-react'
import { cx } from '#components/ui/cx.ts'
import { useCopied } from '#components/ui/use-copied.ts'

type CopyButtonProps = {
  text: string
  /** What is copied, for screen readers and on hover: "Copy address". */
  label: string
  className?: string
}

/** Copies a text and says that it did. */
export function CopyButton({ text, label, className }: CopyButtonProps) {
  const { state, copy } = useCopied()
  const Icon = state === 'copied' ? Check : state === 'refused' ? X : Copy
  return (
    <button
      type="button"
      title={label}
      aria-label={label}
      onClick={() => copy(text)}
      className={cx(
        'inline-grid size-7 shrink-0 place-items-center rounded-sm text-ink-3 transition-colors hover:bg-sunk hover:text-ink',
        state === 'copied' && 'text-moss',
        className,
      )}
    >
      <Icon aria-hidden="true" className="size-3.5" />
      <span aria-live="polite" className="sr-only">
        {state === 'copied' ? 'Copied' : state === 'refused' ? 'The browser refused to copy' : ''}
      </span>
    </button>
  )
}
