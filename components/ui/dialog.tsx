'use client'

import { Dialog as Base } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import type { ReactNode, RefObject } from 'react'
import { cx } from '#components/ui/cx.ts'

type DialogProps = {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: ReactNode
  description?: ReactNode
  children: ReactNode
  /** What takes the focus when it opens; the first control, unless told otherwise. */
  initialFocus?: RefObject<HTMLElement | null>
  /** Wide enough for a table or a body of JSON. */
  wide?: boolean
}

/** A window over the page: focus stays inside, Escape closes it, and focus returns where it was. A sheet on a phone. */
export function Dialog({ open, onOpenChange, title, description, children, initialFocus, wide = false }: DialogProps) {
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-[#00000080] transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Base.Popup
          {...(initialFocus ? { initialFocus } : {})}
          className={cx(
            'fixed inset-x-0 bottom-0 z-50 max-h-[88dvh] overflow-y-auto rounded-t-md border border-line bg-raised p-5 shadow-card outline-none transition',
            'sm:inset-x-auto sm:top-1/2 sm:bottom-auto sm:left-1/2 sm:w-full sm:-translate-x-1/2 sm:-translate-y-1/2 sm:rounded-md',
            'data-ending-style:translate-y-2 data-ending-style:opacity-0 data-starting-style:translate-y-2 data-starting-style:opacity-0',
            wide ? 'sm:max-w-180' : 'sm:max-w-105',
          )}
        >
          <div className="flex items-start justify-between gap-4">
            <Base.Title className="min-w-0 text-lg break-words">{title}</Base.Title>
            <Base.Close
              aria-label="Close"
              className="-mt-1 -mr-1.5 grid size-9 shrink-0 place-items-center rounded-sm text-ink-3 hover:bg-sunk hover:text-ink"
            >
              <X aria-hidden="true" className="size-4.5" />
            </Base.Close>
          </div>
          {description && <Base.Description className="mt-1 text-sm text-ink-2">{description}</Base.Description>}
          <div className="mt-4">{children}</div>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}
