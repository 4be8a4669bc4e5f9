import type { ReactNode } from 'react'

type AccountPageProps = {
  title: ReactNode
  /** What the page is for, in one sentence. */
  lead?: ReactNode
  /** What stands above the title: the way back to the list it is from. */
  above?: ReactNode
  /** What one does here, at the end of the title's line. */
  action?: ReactNode
  children: ReactNode
}

/** The frame that the pages of an account share: as wide as the header, the title first. */
export function AccountPage({ title, lead, above, action, children }: AccountPageProps) {
  return (
    <main id="main" className="mx-auto w-full max-w-280 px-4 py-8 sm:px-6 sm:py-10">
      {above && <div className="mb-3 text-sm">{above}</div>}
      <div className="mb-6 flex flex-wrap items-end justify-between gap-x-6 gap-y-4">
        <div className="min-w-0">
          <h1 className="text-xl">{title}</h1>
          {lead && <p className="mt-1 max-w-160 text-ink-2">{lead}</p>}
        </div>
        {action && <div className="flex shrink-0 flex-wrap items-center gap-2">{action}</div>}
      </div>
      {children}
    </main>
  )
}
