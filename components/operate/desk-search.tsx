import { Search } from 'lucide-react'
import type { Route } from 'next'
import Form from 'next/form'
import { Input } from '#components/ui/input.tsx'

type DeskSearchProps = { path: string; value: string | undefined; hint: string }

/** Finds by what a person has at hand. `/` brings the focus here. */
export function DeskSearch({ path, value, hint }: DeskSearchProps) {
  return (
    <Form action={path as Route} className="relative w-full sm:max-w-100">
      <Search
        aria-hidden="true"
        className="pointer-events-none absolute top-1/2 left-3 size-4 -translate-y-1/2 text-ink-3"
      />
      <Input
        key={value}
        type="search"
        name="q"
        data-desk-search
        aria-label={hint}
        placeholder={hint}
        defaultValue={value}
        maxLength={200}
        autoComplete="off"
        spellCheck={false}
        className="pl-9"
      />
    </Form>
  )
}
