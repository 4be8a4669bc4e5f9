import type { ReactNode } from 'react'
import { Card } from '#components/ui/card.tsx'

type ChatCardProps = {
  title: ReactNode
  /** What it is worth, or its state, at the end of the title's line. */
  end?: ReactNode
  label: string
  children: ReactNode
}

/** A piece of interface within a conversation: made of facts, and not of what anybody said. */
export function ChatCard({ title, end, label, children }: ChatCardProps) {
  return (
    <Card role="group" aria-label={label} className="w-full animate-arrive p-4 sm:p-5">
      <div className="mb-3 flex flex-wrap items-center justify-between gap-x-4 gap-y-1.5">
        <p className="min-w-0 font-medium">{title}</p>
        {end}
      </div>
      {children}
    </Card>
  )
}
