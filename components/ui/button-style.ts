import { cx } from '#components/ui/cx.ts'

export type ButtonVariant = 'primary' | 'secondary' | 'quiet' | 'danger'
export type ButtonSize = 'sm' | 'md' | 'lg'

const variants: Record<ButtonVariant, string> = {
  primary: 'bg-tide text-on-tide hover:bg-tide-strong',
  secondary: 'border border-edge bg-raised text-ink hover:bg-sunk',
  quiet: 'text-ink-2 hover:bg-sunk hover:text-ink',
  danger: 'bg-brick text-on-brick hover:opacity-90',
}

const sizes: Record<ButtonSize, string> = {
  sm: 'h-9 gap-1.5 px-3 text-sm',
  md: 'h-11 gap-2 px-4 text-sm',
  lg: 'h-13 gap-2 px-5 text-base',
}

/** The look shared by buttons and by links that act like one. */
export function buttonStyle(variant: ButtonVariant, size: ButtonSize, className?: string): string {
  return cx(
    'inline-flex shrink-0 select-none items-center justify-center rounded-md font-medium tabular-nums whitespace-nowrap transition-colors',
    'disabled:cursor-not-allowed disabled:bg-sunk disabled:text-ink-3 disabled:border-line aria-disabled:cursor-not-allowed',
    variants[variant],
    sizes[size],
    className,
  )
}
