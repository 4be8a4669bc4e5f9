import type { ComponentProps } from 'react'
import { cx } from '#components/ui/cx.ts'

type TableProps = ComponentProps<'table'> & {
  /** Names the table for screen readers. */
  label: string
}

/**
 * A table that scrolls inside itself when the screen is narrow. The scrolling region takes the keyboard's focus. It is
 * `relative`, so that words for screen readers only, which are placed absolutely, scroll with it instead of widening the page.
 */
export function Table({ label, className, ...rest }: TableProps) {
  return (
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable without a mouse.
      tabIndex={0}
      className="relative overflow-x-auto rounded-md border border-line bg-raised"
    >
      <table {...rest} className={cx('w-full border-collapse text-left text-sm', className)} />
    </section>
  )
}

/** A column's heading. */
export function TableHead({ className, ...rest }: ComponentProps<'th'>) {
  return (
    <th
      scope="col"
      {...rest}
      className={cx('h-10 border-line border-b px-4 text-xs font-medium whitespace-nowrap text-ink-3', className)}
    />
  )
}

/** One row. */
export function TableRow({ className, ...rest }: ComponentProps<'tr'>) {
  return (
    <tr
      {...rest}
      className={cx('border-line border-b last:border-b-0 hover:bg-surface aria-selected:bg-tide-soft', className)}
    />
  )
}

/** One cell. */
export function TableCell({ className, ...rest }: ComponentProps<'td'>) {
  return <td {...rest} className={cx('h-12 px-4 tabular-nums', className)} />
}
