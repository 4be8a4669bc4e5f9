import type { Route } from 'next'
import Link from 'next/link'
import type { ComponentProps } from 'react'
import { type ButtonSize, type ButtonVariant, buttonStyle } from '#components/ui/button-style.ts'

type LinkButtonProps = Omit<ComponentProps<'a'>, 'href'> & {
  href: Route
  prefetch?: boolean
  variant?: ButtonVariant
  size?: ButtonSize
}

/** A link inside Causeway that looks like a button, for going somewhere rather than doing something. */
export function LinkButton({ variant = 'primary', size = 'md', className, ...rest }: LinkButtonProps) {
  return <Link {...rest} className={buttonStyle(variant, size, className)} />
}
