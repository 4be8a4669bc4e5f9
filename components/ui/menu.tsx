'use client'

import { Menu as Base } from '@base-ui/react/menu'
import type { ReactElement, ReactNode } from 'react'

const itemStyle =
  'flex min-h-10 w-full items-center gap-2.5 rounded-sm px-3 text-left text-sm text-ink outline-none select-none data-highlighted:bg-sunk data-disabled:text-ink-3'

type MenuProps = {
  /** The button that opens it. */
  trigger: ReactElement
  children: ReactNode
  /** Opens at once, for a menu that was loaded by its first press. */
  defaultOpen?: boolean
}

/** A list of things to do, under the button that opens it. */
export function Menu({ trigger, children, defaultOpen = false }: MenuProps) {
  return (
    <Base.Root defaultOpen={defaultOpen}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner sideOffset={6} align="end" className="z-50">
          <Base.Popup className="min-w-52 rounded-md border border-line bg-raised p-1 shadow-card outline-none transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0">
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

/** One thing to do. */
export function MenuItem({
  onClick,
  disabled = false,
  children,
}: {
  onClick: () => void
  disabled?: boolean
  children: ReactNode
}) {
  return (
    <Base.Item className={itemStyle} onClick={onClick} disabled={disabled}>
      {children}
    </Base.Item>
  )
}

/** One place to go. */
export function MenuLink({ link, children }: { link: ReactElement; children: ReactNode }) {
  return (
    <Base.Item className={itemStyle} render={link}>
      {children}
    </Base.Item>
  )
}

/** A line between groups, with who is signed in, say, above it. */
export function MenuLabel({ children }: { children: ReactNode }) {
  return <div className="mb-1 truncate border-line border-b px-3 pt-1.5 pb-2 text-xs text-ink-3">{children}</div>
}
