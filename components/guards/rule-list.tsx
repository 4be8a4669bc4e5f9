'use client'

import { Plus, Trash2 } from 'lucide-react'
import { begin, faultOf, type Rule, typeHints, typeNames, types } from '#components/guards/draft.ts'
import { RuleSentence } from '#components/guards/rule-sentence.tsx'
import { Button } from '#components/ui/button.tsx'
import type { Guard } from '#lib/guards/schema.ts'

type RuleListProps = {
  rules: Rule[]
  onChange: (id: number, guard: Guard) => void
  onRemove: (id: number) => void
  onAdd: (guard: Guard) => void
}

/** Every rule as a sentence to write into, and those that can be added. */
export function RuleList({ rules, onChange, onRemove, onAdd }: RuleListProps) {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  return (
    <>
      <ul aria-label="Rules" className="divide-y divide-line border-line border-y">
        {rules.map(({ id, guard }) => (
          <RuleRow key={id} guard={guard} onChange={(next) => onChange(id, next)} onRemove={() => onRemove(id)} />
        ))}
        {rules.length === 0 && (
          <li className="px-5 py-6 text-sm text-ink-2">
            No rules. You are asked about every payment, whatever its amount.
          </li>
        )}
      </ul>
      <div className="px-5 py-4">
        <p className="mb-2 text-sm text-ink-2">Add a rule</p>
        <div className="flex flex-wrap gap-2">
          {types.map((type) => (
            <Button key={type} variant="secondary" size="sm" onClick={() => onAdd(begin(type, zone))}>
              <Plus aria-hidden="true" className="size-4" /> {typeNames[type]}
            </Button>
          ))}
        </div>
      </div>
    </>
  )
}

type RuleRowProps = { guard: Guard; onChange: (guard: Guard) => void; onRemove: () => void }

function RuleRow({ guard, onChange, onRemove }: RuleRowProps) {
  const fault = faultOf(guard)
  return (
    <li className="flex items-start gap-2 py-3.5 pr-3 pl-5">
      <div className="min-w-0 flex-1">
        <p className="text-xs font-medium text-ink-3">{typeNames[guard.type]}</p>
        <div className="mt-1.5 flex min-h-9 flex-wrap items-center gap-x-2 gap-y-2">
          <RuleSentence guard={guard} wrong={fault !== null} onChange={onChange} />
        </div>
        <p aria-live="polite" className={`mt-1.5 text-xs ${fault ? 'text-brick' : 'text-ink-3'}`}>
          {fault ?? typeHints[guard.type]}
        </p>
      </div>
      <button
        type="button"
        onClick={onRemove}
        aria-label={`Remove this rule: ${typeNames[guard.type]}`}
        className="grid size-9 shrink-0 place-items-center rounded-sm text-ink-3 hover:bg-sunk hover:text-ink"
      >
        <Trash2 aria-hidden="true" className="size-4" />
      </button>
    </li>
  )
}
