import { Download, Search } from 'lucide-react'
import type { Route } from 'next'
import { intentWord } from '#components/intents/intent-words.ts'
import { Button } from '#components/ui/button.tsx'
import { buttonStyle } from '#components/ui/button-style.ts'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { Select } from '#components/ui/select.tsx'
import type { IntentStatus } from '#lib/intents/schema.ts'

/** What a list of payments is narrowed to. Days are UTC, as the guards' are. */
export type IntentQuery = {
  status?: IntentStatus | undefined
  agentId?: string | undefined
  q?: string | undefined
  from?: string | undefined
  to?: string | undefined
}

const statuses: IntentStatus[] = [
  'needs_approval',
  'awaiting_signature',
  'approved',
  'executing',
  'unknown',
  'settled',
  'denied',
  'failed',
  'cancelled',
  'expired',
  'refunded',
]

type IntentFiltersProps = {
  query: IntentQuery
  agents: { id: string; name: string }[]
  /** The same list as CSV. */
  csv: string
}

/** Narrows the list of payments. A plain form: it works before any script has loaded, and its address can be kept. */
export function IntentFilters({ query, agents, csv }: IntentFiltersProps) {
  const narrowed = Object.values(query).some(Boolean)
  return (
    <form
      action="/intents"
      className="mb-5 grid grid-cols-2 gap-3 lg:grid-cols-[1.4fr_1fr_1fr_9.5rem_9.5rem_auto] lg:items-end"
    >
      <div className="max-lg:col-span-2">
        <Field label="Search">
          {(control) => (
            <Input
              {...control}
              type="search"
              name="q"
              maxLength={100}
              defaultValue={query.q}
              placeholder="Recipient or purpose"
            />
          )}
        </Field>
      </div>
      <Field label="State">
        {(control) => (
          <Select {...control} name="status" defaultValue={query.status ?? ''}>
            <option value="">Any</option>
            {statuses.map((status) => (
              <option key={status} value={status}>
                {intentWord(status)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label="Agent">
        {(control) => (
          <Select {...control} name="agent" defaultValue={query.agentId ?? ''}>
            <option value="">Any</option>
            {agents.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label="From (UTC)">
        {(control) => <Input {...control} type="date" name="from" defaultValue={query.from} className="text-sm" />}
      </Field>
      <Field label="To (UTC)">
        {(control) => <Input {...control} type="date" name="to" defaultValue={query.to} className="text-sm" />}
      </Field>
      <Button type="submit" variant="secondary" className="max-lg:col-span-2 sm:max-lg:w-fit">
        <Search aria-hidden="true" className="size-4" /> Show
      </Button>
      <div className="flex flex-wrap items-center gap-2 col-span-full">
        <a href={csv} download="causeway-payments.csv" className={buttonStyle('quiet', 'sm', '-ml-3')}>
          <Download aria-hidden="true" className="size-4" /> Export {narrowed ? 'these' : 'all'} as CSV
        </a>
        {narrowed && (
          <LinkButton href={'/intents' as Route} variant="quiet" size="sm">
            Show all
          </LinkButton>
        )}
      </div>
    </form>
  )
}
