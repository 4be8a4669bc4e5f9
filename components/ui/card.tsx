import type { ComponentProps } from 'react'
import { cx } from '#components/ui/cx.ts'

/** A raised surface for one thing. */
export function Card({ className, ...rest }: ComponentProps<'div'>) {
  return <div {...rest} className={cx('rounded-md border border-line bg-raised shadow-card', className)} />
}
