'use client'

import { Button } from '#components/ui/button.tsx'
import { RelativeTime } from '#components/ui/relative-time.tsx'
import type { Guard, GuardSet } from '#lib/guards/schema.ts'
import { sentenceOf } from '#lib/guards/sentences.ts'

type HistoryProps = { versions: GuardSet[]; more: boolean; onUse: (guards: Guard[]) => void }

/** Every version that was saved, newest first. None is ever edited: using an old one again saves a new one. */
export function History({ versions, more, onUse }: HistoryProps) {
  if (versions.length === 0) return <p className="px-5 pb-5 text-sm text-ink-2">No rules were ever saved.</p>
  return (
    <div className="px-5 pb-5">
      <ul className="divide-y divide-line rounded-md border border-line">
        {versions.map(({ version, guards, setAt }, n) => (
          <li key={version}>
            <details>
              <summary className="flex min-h-11 flex-wrap items-center justify-between gap-x-3 rounded-sm px-3.5 py-2 text-sm hover:bg-sunk">
                <span className="font-medium">
                  Version {version}
                  {n === 0 && <span className="font-normal text-ink-3"> · holds now</span>}
                </span>
                {setAt && <RelativeTime at={setAt} className="text-ink-3" />}
              </summary>
              <div className="flex flex-col items-start gap-3 px-3.5 pt-1 pb-3.5 text-sm">
                {guards.length > 0 ? (
                  <ul className="list-disc pl-4 text-ink-2">
                    {guards.map((guard) => (
                      <li key={JSON.stringify(guard)}>{sentenceOf(guard)}</li>
                    ))}
                  </ul>
                ) : (
                  <p className="text-ink-2">No rules: every payment asked you.</p>
                )}
                {n > 0 && (
                  <Button variant="secondary" size="sm" onClick={() => onUse(guards)}>
                    Edit from this version
                  </Button>
                )}
              </div>
            </details>
          </li>
        ))}
      </ul>
      {more && <p className="mt-2 text-xs text-ink-3">Older versions are kept, and listed by the API.</p>}
    </div>
  )
}
