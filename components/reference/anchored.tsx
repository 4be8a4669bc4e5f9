import { Hash } from 'lucide-react'

type AnchoredProps = { anchor: string; title: string; className?: string }

/** A heading that can be linked to, and gives the link. */
export function Anchored({ anchor, title, className }: AnchoredProps) {
  return (
    <div className="group flex items-center gap-1.5">
      <h2 id={anchor} className={`scroll-mt-20 xl:scroll-mt-8 ${className ?? ''}`}>
        {title}
      </h2>
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
