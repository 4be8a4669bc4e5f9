'use client'

import { presets } from '#lib/guards/presets.ts'
import type { Guard } from '#lib/guards/schema.ts'
import { sentenceOf } from '#lib/guards/sentences.ts'

/** Sets of rules to begin with. Choosing one replaces what is being edited; nothing is saved by it. */
export function Presets({ onChoose }: { onChoose: (guards: Guard[]) => void }) {
  return (
    <ul className="grid gap-3 px-5 pb-5 sm:grid-cols-2">
      {presets.map(({ name, description, guards }) => (
        <li key={name}>
          <button
            type="button"
            onClick={() => onChoose(guards)}
            className="flex h-full w-full flex-col rounded-md border border-edge p-3.5 text-left transition-colors hover:bg-sunk"
          >
            <span className="block text-sm font-medium">{name}</span>
            <span className="block text-sm text-ink-2">{description}</span>
            <span className="mt-2 block text-xs text-ink-3">{guards.map(sentenceOf).join(' ')}</span>
          </button>
        </li>
      ))}
    </ul>
  )
}
