import { cx } from '#components/ui/cx.ts'

/** Holds the place of a value on its way. Give it the size of what will come, so that nothing moves. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden="true" className={cx('block animate-breathe rounded-sm bg-line', className ?? 'h-4 w-24')} />
}
