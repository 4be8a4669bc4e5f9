import { Hash } from 'lucide-react'

type AnchoredProps = { level: 2 | 3; anchor: string; title: string; className?: string }

/** A heading that can be linked to, and gives the link. */
export function Anchored({ level, anchor, title, className }: AnchoredProps) {
  const Heading = level === 2 ? 'h2' : 'h3'
  return (
    <div className="group flex items-center gap-1.5">
      <Heading id={anchor} className={`scroll-mt-20 xl:scroll-mt-8 ${className ?? ''}`}>
        {title}
      </Heading>
      <a
        href={`#${anchor}`}
        aria-label={`Link to ${title}`}
        className="grid size-6 place-items-center rounded-sm text-ink-3 opacity-0 hover:text-ink focus-visible:opacity-100 group-hover:opacity-100"
      >
        <Hash aria-hidden="true" className="size-4" />
      </a>
    </div>
  )
}
