import { Check, CircleX, Info, type LucideIcon, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { cx } from '#components/ui/cx.ts'

type NoticeTone = 'info' | 'arrived' | 'attention' | 'failed'

const looks: Record<NoticeTone, { style: string; ink: string; icon: LucideIcon }> = {
  info: { style: 'border-line bg-sunk', ink: 'text-ink-2', icon: Info },
  arrived: { style: 'border-moss/30 bg-moss-soft', ink: 'text-moss', icon: Check },
  attention: { style: 'border-lamp/30 bg-lamp-soft', ink: 'text-lamp', icon: TriangleAlert },
  failed: { style: 'border-brick/30 bg-brick-soft', ink: 'text-brick', icon: CircleX },
}

type NoticeProps = {
  tone?: NoticeTone
  /** What happened, in one sentence. */
  title: ReactNode
  /** What is safe, and what to do. */
  children?: ReactNode
  action?: ReactNode
  /** Set when it appears after something a person did, so that it is read out. */
  announce?: boolean
  className?: string
}

/** Says what happened, what is safe and what to do, in that order. */
export function Notice({ tone = 'info', title, children, action, announce = false, className }: NoticeProps) {
  const look = looks[tone]
  const Icon = look.icon
  return (
    <div
      role={announce ? (tone === 'failed' ? 'alert' : 'status') : undefined}
      className={cx('flex gap-3 rounded-md border p-3.5 text-sm', look.style, className)}
    >
      <Icon aria-hidden="true" className={cx('mt-0.5 size-4 shrink-0', look.ink)} />
      <div className="min-w-0 flex-1">
        <p className="font-medium text-ink">{title}</p>
        {children && <div className="mt-0.5 text-ink-2">{children}</div>}
        {action && <div className="mt-3 flex flex-wrap gap-2">{action}</div>}
      </div>
    </div>
  )
}
