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
        <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 px-5 pt-4.5 pb-3">
          <div className="min-w-0">
            <h2 className="text-base">{title}</h2>
            {lead && <p className="mt-0.5 text-sm text-ink-2">{lead}</p>}
          </div>
          {action}
        </div>
        {children}
      </Card>
    </section>
  )
}
