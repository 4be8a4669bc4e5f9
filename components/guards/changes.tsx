import { diffGuards } from '#lib/guards/diff.ts'
import type { Guard } from '#lib/guards/schema.ts'
import { sentenceOf } from '#lib/guards/sentences.ts'

/** What saving would change, line by line. */
export function Changes({ saved, edited }: { saved: Guard[]; edited: Guard[] }) {
  return (
    <ul aria-label="Changes" className="flex flex-col gap-1 px-5 pb-5 text-sm">
      {diffGuards(saved, edited).map(({ before, after }, n) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the list is made anew with each change, and the same line may be in it twice.
        <li key={n}>
          {before && (
            <p className="flex gap-2 text-brick">
              <span aria-hidden="true">−</span>
              <span className="sr-only">Without: </span>
              <del className="min-w-0 break-words decoration-brick/50">{sentenceOf(before)}</del>
            </p>
          )}
          {after && (
            <p className="flex gap-2 text-moss">
              <span aria-hidden="true">+</span>
              <span className="sr-only">With: </span>
              <ins className="min-w-0 break-words no-underline">{sentenceOf(after)}</ins>
            </p>
          )}
        </li>
      ))}
    </ul>
  )
}
