import type { ReactNode } from 'react'
import { Card } from '#components/ui/card.tsx'

type SectionProps = {
  title: string
  /** One sentence beneath the title. */
  lead?: ReactNode
  action?: ReactNode
  children: ReactNode
}

/** One part of a page, on a surface of its own. What is inside brings its own padding, so that lists reach the edges. */
export function Section({ title, lead, action, children }: SectionProps) {
  return (
    <section>
      <Card className="overflow-hidden">
        <div className="px-5 pt-4 pb-3">
          <div className="flex min-h-9 flex-wrap items-center justify-between gap-x-4 gap-y-1">
            <h2 className="min-w-0 text-base">{title}</h2>
            {action}
          </div>
          {lead && <p className="mt-0.5 text-sm text-ink-2">{lead}</p>}
        </div>
        {children}
      </Card>
    </section>
  )
}
