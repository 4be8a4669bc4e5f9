'use client'

import { ChevronDown, ListTree, Search } from 'lucide-react'
import type { Route } from 'next'
import Link from 'next/link'
import { usePathname, useRouter } from 'next/navigation'
import { useEffect, useId, useRef, useState } from 'react'
import { Method } from '#components/reference/method.tsx'
import { cx } from '#components/ui/cx.ts'

export type Entry = {
  anchor: string
  title: string
  method?: string
  /** What a search finds it by, in lower case. */
  words: string
}
/** What stands on one page of the reference. */
export type EntryGroup = { name: string; page: Route; entries: Entry[] }

/** Every page of the reference, searchable; beside the text on a desk, above it on a phone. */
export function Contents({ groups }: { groups: EntryGroup[] }) {
  const [open, setOpen] = useState(false)
  const path = usePathname()
  const here = useHere(groups)
  return (
    <div className="sticky top-0 z-10 -mx-4 border-line border-b bg-surface sm:-mx-6 xl:mx-0 xl:max-h-dvh xl:w-56 xl:shrink-0 xl:self-start xl:overflow-y-auto xl:border-0 xl:py-8 xl:pr-2">
      <button
        type="button"
        aria-expanded={open}
        aria-controls="contents"
        onClick={() => setOpen(!open)}
        className="flex h-12 w-full items-center gap-2 px-4 text-sm sm:px-6 xl:hidden"
      >
        <ListTree aria-hidden="true" className="size-4 text-ink-3" />
        <span className="flex-1 text-left">
          {titleOf(groups, here) ?? groups.find(({ page }) => page === path)?.name ?? 'Contents'}
        </span>
        <ChevronDown
          aria-hidden="true"
          className={cx('size-4 text-ink-3 transition-transform', open && 'rotate-180')}
        />
      </button>
      <nav
        id="contents"
        aria-label="Contents"
        className={cx(
          'absolute inset-x-0 top-12 max-h-[calc(100dvh-3rem)] overflow-y-auto border-line border-y bg-surface px-4 pb-6 shadow-card sm:px-6 xl:static xl:block xl:max-h-none xl:border-0 xl:p-0 xl:shadow-none',
          !open && 'hidden',
        )}
      >
        <SearchableList groups={groups} here={here} onFollow={() => setOpen(false)} />
      </nav>
    </div>
  )
}

type ListProps = { groups: EntryGroup[]; here: string; onFollow: () => void }

function SearchableList({ groups, here, onFollow }: ListProps) {
  const id = useId()
  const field = useRef<HTMLInputElement>(null)
  const router = useRouter()
  const path = usePathname()
  const [search, setSearch] = useState('')
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const typing = event.target instanceof Element && event.target.closest('input, textarea, select')
      if (event.key !== '/' || typing || event.metaKey || event.ctrlKey) return
      event.preventDefault()
      field.current?.focus()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])

  const terms = search.toLowerCase().split(/\s+/).filter(Boolean)
  const found = groups
    .map(({ name, page, entries }) => ({
      name,
      page,
      entries: entries.filter(({ words }) => terms.every((term) => words.includes(term))),
    }))
    .filter(({ entries }) => entries.length > 0)
  return (
    <>
      <div className="relative mt-3 xl:mt-0">
        <Search aria-hidden="true" className="pointer-events-none absolute top-2.5 left-2.5 size-4 text-ink-3" />
        <label htmlFor={id} className="sr-only">
          Search the reference
        </label>
        <input
          id={id}
          ref={field}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          onKeyDown={(event) => {
            const group = found[0]
            const [first] = group?.entries ?? []
            if (event.key === 'Enter' && group && first) {
              router.push(placeOf(group.page, first.anchor))
              onFollow()
            }
            if (event.key === 'Escape') setSearch('')
          }}
          placeholder="Search"
          autoComplete="off"
          className="h-9 w-full rounded-md border border-edge bg-raised pr-8 pl-8 text-base sm:text-sm"
        />
        <span
          aria-hidden="true"
          className="pointer-events-none absolute top-2 right-2 hidden rounded-sm border border-line px-1.5 font-mono text-xs leading-4.5 text-ink-3 xl:block"
        >
          /
        </span>
      </div>
      {found.map(({ name, page, entries }) => (
        <div key={page} className="mt-2">
          <Link
            href={page}
            aria-current={page === path ? 'page' : undefined}
            onClick={onFollow}
            className="block rounded-sm px-2 py-1 text-sm font-medium text-ink-2 hover:text-ink aria-[current=page]:text-ink"
          >
            {name}
          </Link>
          <ul hidden={page !== path && terms.length === 0} className="mb-3">
            {entries.map(({ anchor, title, method }) => (
              <li key={anchor}>
                <Link
                  href={placeOf(page, anchor)}
                  aria-current={anchor === here ? 'location' : undefined}
                  onClick={onFollow}
                  className="flex items-baseline gap-2 rounded-sm px-2 py-1.5 text-sm text-ink-2 hover:text-ink aria-[current=location]:bg-sunk aria-[current=location]:font-medium aria-[current=location]:text-ink"
                >
                  {method && <Method method={method} />}
                  <span>{title}</span>
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
      <p aria-live="polite" className="mt-4 px-2 text-sm text-ink-3">
        {found.length === 0 ? `Nothing here is called “${search}”.` : ''}
      </p>
    </>
  )
}

function titleOf(groups: EntryGroup[], anchor: string): string | undefined {
  return groups.flatMap(({ entries }) => entries).find((entry) => entry.anchor === anchor)?.title
}

function placeOf(page: Route, anchor: string): Route {
  // Cast: a place on a page that exists, which a route's type cannot say.
  return `${page}#${anchor}` as Route
}

/** Which part of the page is being read: the last whose heading has passed the upper third. */
function useHere(groups: EntryGroup[]): string {
  const path = usePathname()
  const [here, setHere] = useState('')
  useEffect(() => {
    const anchors = groups
      .filter(({ page }) => page === path)
      .flatMap(({ entries }) => entries.map(({ anchor }) => anchor))
    let frame = 0
    const look = () => {
      frame = 0
      const line = window.innerHeight / 3
      const passed = anchors.filter((anchor) => {
        const heading = document.getElementById(anchor)
        return heading !== null && heading.getBoundingClientRect().top < line
      })
      setHere(passed.at(-1) ?? '')
    }
    const onScroll = () => {
      frame ||= requestAnimationFrame(look)
    }
    look()
    window.addEventListener('scroll', onScroll, { passive: true })
    window.addEventListener('resize', onScroll)
    return () => {
      cancelAnimationFrame(frame)
      window.removeEventListener('scroll', onScroll)
      window.removeEventListener('resize', onScroll)
    }
  }, [groups, path])
  return here
}
