import type { ComponentProps } from 'react'
import { cx } from '#components/ui/cx.ts'

export const controlStyle =
  'w-full rounded-md border border-edge bg-raised px-3 text-base text-ink placeholder:text-ink-3 transition-colors ' +
  'aria-invalid:border-brick disabled:cursor-not-allowed disabled:bg-sunk disabled:text-ink-3'

/** One line of text. Sixteen pixels tall in type, so that a phone does not zoom in on focus. */
export function Input({ className, ...rest }: ComponentProps<'input'>) {
  return <input {...rest} className={cx(controlStyle, 'h-11', className)} />
}
