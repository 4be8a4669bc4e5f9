import { Check, CircleDashed, LoaderCircle, type LucideIcon, TriangleAlert, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { cx } from '#components/ui/cx.ts'

/** What a state means to a person: waiting for something, moving, arrived, needs attention, or ended without arriving. */
export type Tone = 'waiting' | 'moving' | 'arrived' | 'attention' | 'failed'

const looks: Record<Tone, { style: string; icon: LucideIcon }> = {
  waiting: { style: 'bg-sunk text-ink-2', icon: CircleDashed },
  moving: { style: 'bg-tide-soft text-tide', icon: LoaderCircle },
  arrived: { style: 'bg-moss-soft text-moss', icon: Check },
  attention: { style: 'bg-lamp-soft text-lamp', icon: TriangleAlert },
  failed: { style: 'bg-brick-soft text-brick', icon: X },
}

type BadgeProps = { tone: Tone; icon?: LucideIcon; children: ReactNode; className?: string }

/** A state as colour, icon and word together, since colour alone tells some people nothing. */
export function Badge({ tone, icon, children, className }: BadgeProps) {
  const look = looks[tone]
  const Icon = icon ?? look.icon
  return (
    <span
      className={cx(
        'inline-flex h-6 items-center gap-1 rounded-sm pr-2 pl-1.5 text-xs font-medium whitespace-nowrap',
        look.style,
        className,
      )}
    >
      <Icon aria-hidden="true" className="size-3.5" strokeWidth={2.25} />
      {children}
    </span>
  )
}
