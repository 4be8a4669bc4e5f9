import { Hash } from 'lucide-react'
import type { ReactNode } from 'react'

type AnchoredProps = { level: 2 | 3; anchor: string; className?: string; children: ReactNode }

/** A heading that can be linked to, and gives the link. */
export function Anchored({ level, anchor, className, children }: AnchoredProps) {
  const Heading = level === 2 ? 'h2' : 'h3'
  return (
    <Heading id={anchor} className={`group scroll-mt-20 xl:scroll-mt-8 ${className ?? ''}`}>
      {children}
      <a
        href={`#${anchor}`}
        aria-label="Link to this"
        className="ml-1.5 inline-grid size-6 place-items-center rounded-sm align-middle text-ink-3 opacity-0 hover:text-ink focus-visible:opacity-100 group-hover:opacity-100"
      >
        <Hash aria-hidden="true" className="size-4" />
      </a>
    </Heading>
  )
}
