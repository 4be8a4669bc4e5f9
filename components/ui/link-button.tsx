import type { Route } from 'next'
import Link from 'next/link'
import type { ComponentProps } from 'react'
import { type ButtonSize, type ButtonVariant, buttonStyle } from '#components/ui/button-style.ts'

type LinkButtonProps = Pick<
  ComponentProps<typeof Link>,
  'className' | 'children' | 'prefetch' | 'replace' | 'title'
> & {
  href: Route
  variant?: ButtonVariant
  size?: ButtonSize
}

/** A link inside Causeway that looks like a button, for going somewhere rather than doing something. */
export function LinkButton({ variant = 'primary', size = 'md', className, ...rest }: LinkButtonProps) {
  return <Link {...rest} className={buttonStyle(variant, size, className)} />
}
