import type { ReactNode } from 'react'
import { cx } from '#components/ui/cx.ts'

type DeskTableProps = { label: string; columns: (string | { name: string; right: true })[]; children: ReactNode }

/**
 * A dense table whose rows the keyboard walks through (see DeskKeys). It scrolls inside itself when the screen is narrow,
 * words for screen readers, which are placed absolutely, included: hence `relative`.
 */
export function DeskTable({ label, columns, children }: DeskTableProps) {
  return (
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable without a mouse.
      tabIndex={0}
      className="relative overflow-x-auto rounded-md border border-line bg-raised"
    >
      <table className="w-full border-collapse text-left text-sm">
        <thead>
          <tr>
            {columns.map((column) => {
              const { name, right } = typeof column === 'string' ? { name: column, right: false } : column
              return (
                <th
                  key={name}
                  scope="col"
                  className={cx(
                    'h-9 border-line border-b px-3 text-xs font-medium whitespace-nowrap text-ink-3',
                    right && 'text-right',
                  )}
                >
                  {name}
                </th>
              )
            })}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </section>
  )
}

/** One row. Its first link is where it opens. */
export function DeskRow({ children }: { children: ReactNode }) {
  return (
    <tr
      data-desk-row
      className="border-line border-b last:border-b-0 hover:bg-surface has-[a:focus-visible]:bg-tide-soft [&:has([data-desk-open])]:cursor-pointer"
    >
      {children}
    </tr>
  )
}

/** One cell. */
export function DeskCell({ right = false, children }: { right?: boolean; children: ReactNode }) {
  return <td className={cx('h-10 px-3 tabular-nums whitespace-nowrap', right && 'text-right')}>{children}</td>
}
