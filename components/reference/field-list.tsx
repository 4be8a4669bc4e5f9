import { ChevronRight } from 'lucide-react'
import { Prose } from '#components/reference/prose.tsx'
import type { Field } from '#lib/openapi/fields.ts'

type FieldListProps = {
  fields: Field[]
  /** In a request it matters which may be left out; an answer always has them all. */
  request?: boolean
}

/** The fields of a body, each with its type and meaning; those of a field open beneath it. */
export function FieldList({ fields, request = false }: FieldListProps) {
  return (
    <ul className="divide-y divide-line border-line border-y">
      {fields.map((field) => (
        <li key={field.name} className="py-3">
          <p className="flex flex-wrap items-baseline gap-x-2">
            <span className="font-mono text-sm font-medium break-all">{field.name}</span>
            <span className="text-xs text-ink-3">{field.type}</span>
            {request && (
              <span className={field.required ? 'text-xs text-lamp' : 'text-xs text-ink-3'}>
                {field.required ? 'required' : 'optional'}
              </span>
            )}
          </p>
          {(field.description || field.bounds.length > 0) && (
            <p className="mt-1 text-sm text-ink-2">
              <Prose text={[field.description, ...field.bounds.map(sentence)].filter(Boolean).join(' ')} />
            </p>
          )}
          {field.values.length > 0 && <Values values={field.values} />}
          {field.fields.length > 0 && (
            <details className="mt-2">
              <summary className="inline-flex items-center gap-1 rounded-sm py-1 pr-2 text-xs text-ink-2 hover:text-ink">
                <ChevronRight
                  aria-hidden="true"
                  className="size-3.5 transition-transform in-[details[open]>summary]:rotate-90"
                />
                <span>
                  {field.fields.length} fields<span className="sr-only"> of {field.name}</span>
                </span>
              </summary>
              <div className="mt-2 ml-1.5 border-line border-l pl-4">
                <FieldList fields={field.fields} request={request} />
              </div>
            </details>
          )}
        </li>
      ))}
    </ul>
  )
}

function Values({ values }: { values: string[] }) {
  return (
    <p className="mt-1.5 flex flex-wrap gap-1">
      {values.map((value) => (
        <code key={value} className="rounded-sm bg-sunk px-1.5 py-0.5 font-mono text-xs text-ink-2">
          {value}
        </code>
      ))}
    </p>
  )
}

function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`
}
