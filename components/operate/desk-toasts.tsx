'use client'

import { Toast } from '@base-ui/react/toast'
import { Check, X } from 'lucide-react'
import type { ReactNode } from 'react'

/** Says what an action did, for a while, in a corner and to screen readers. */
export function DeskToasts({ children }: { children: ReactNode }) {
  return (
    <Toast.Provider timeout={6000}>
      {children}
      <Toast.Portal>
        <Toast.Viewport className="fixed right-4 bottom-4 left-4 z-50 flex flex-col gap-2 sm:left-auto sm:w-90">
          <Toasts />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  )
}

function Toasts() {
  const { toasts } = Toast.useToastManager()
  return toasts.map((toast) => (
    <Toast.Root
      key={toast.id}
      toast={toast}
      data-desk-toast
      className="flex animate-arrive items-start gap-3 rounded-md border border-moss/30 bg-moss-soft p-3.5 text-sm shadow-card"
    >
      <Check aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-moss" />
      <Toast.Content className="min-w-0 flex-1">
        <Toast.Title className="font-medium" />
        <Toast.Description className="break-words text-ink-2" />
      </Toast.Content>
      <Toast.Close
        aria-label="Close"
        className="-m-1.5 grid size-8 shrink-0 place-items-center rounded-sm text-ink-3 hover:text-ink"
      >
        <X aria-hidden="true" className="size-4" />
      </Toast.Close>
    </Toast.Root>
  ))
}

/** Shows what was done. */
export function useDone(): (title: string, description: string) => void {
  const { add } = Toast.useToastManager()
  return (title, description) => void add({ title, description })
}
