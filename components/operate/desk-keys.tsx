'use client'

import { useEffect } from 'react'

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest('input, textarea, select, [contenteditable], [role=dialog]') !== null
  )
}

function moveFocus(step: 1 | -1): void {
  const links = [...document.querySelectorAll<HTMLElement>('[data-desk-row] [data-desk-open]')]
  const row = document.activeElement?.closest('[data-desk-row]')
  const at = links.findIndex((link) => row?.contains(link))
  const next = at === -1 ? links[step === 1 ? 0 : links.length - 1] : links[at + step]
  next?.focus()
  next?.scrollIntoView({ block: 'nearest' })
}

function pressAction(): void {
  // In a list it is the focused row's; on the page of one thing it is the first there is.
  const inList = document.querySelector('[data-desk-row]') !== null
  const place = inList ? document.activeElement?.closest('[data-desk-row]') : document
  place?.querySelector<HTMLElement>('[data-desk-act]')?.click()
}

function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
  if (event.key === 'j') moveFocus(1)
  else if (event.key === 'k') moveFocus(-1)
  else if (event.key === 'e') pressAction()
  else if (event.key === '/') document.querySelector<HTMLElement>('[data-desk-search]')?.focus()
  else return
  event.preventDefault()
}

/** A press anywhere in a row opens it, except on what does something itself, or when text was marked to be copied. */
function onClick(event: MouseEvent): void {
  if (!(event.target instanceof Element) || event.target.closest('a, button, input, label')) return
  if (window.getSelection()?.isCollapsed === false) return
  event.target.closest('[data-desk-row]')?.querySelector<HTMLElement>('[data-desk-open]')?.click()
}

/**
 * The desk's keys: `/` to the search, `j` and `k` through the rows, `e` to act. They move the ordinary focus, so that
 * Enter, screen readers and refreshed rows need nothing of their own.
 */
export function DeskKeys() {
  useEffect(() => {
    document.addEventListener('keydown', onKey)
    document.addEventListener('click', onClick)
    return () => {
      document.removeEventListener('keydown', onKey)
      document.removeEventListener('click', onClick)
    }
  }, [])
  return (
    <aside aria-label="Keys" className="mt-8 hidden text-xs text-ink-3 sm:block">
      <Key>/</Key> search <Key>j</Key> <Key>k</Key> rows <Key>Enter</Key> open <Key>e</Key> act
    </aside>
  )
}

function Key({ children }: { children: string }) {
  return (
    <kbd className="ml-2 inline-block min-w-5 rounded-sm border border-line bg-raised px-1 text-center font-mono text-xs text-ink-2">
      {children}
    </kbd>
  )
}
