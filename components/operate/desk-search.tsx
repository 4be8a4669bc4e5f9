import { Search } from 'lucide-react'
import type { Route } from 'next'
import Form from 'next/form'
import { Input } from '#components/ui/input.tsx'

const hint = 'Search any id, hash, address or receipt'

/** One box on every page of the desk. It finds by what a person has at hand, and `/` brings the focus here. */
export function DeskSearch() {
  return (
    <Form action={'/operate/search' as Route} role="search" className="relative w-full lg:max-w-90">
      <Search
        aria-hidden="true"
        className="pointer-events-none absolute top-1/2 left-3 size-4 -translate-y-1/2 text-ink-3"
      />
      <Input
        type="search"
        name="q"
        required
        data-desk-search
        aria-label={hint}
        placeholder={hint}
        maxLength={200}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        className="h-10! pr-10 pl-9 text-sm"
      />
      <span
        aria-hidden="true"
        className="pointer-events-none absolute top-1/2 right-3 hidden -translate-y-1/2 rounded-sm border border-line px-1.5 font-mono text-xs text-ink-3 sm:block"
      >
        /
      </span>
    </Form>
  )
}
