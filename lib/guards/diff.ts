import type { Guard } from '#lib/guards/schema.ts'

export type GuardChange =
  | { before: Guard; after: Guard }
  | { before: Guard; after?: never }
  | { before?: never; after: Guard }

/**
 * What saving would change: guards of one type that differ are one change, in their order; the others come or go.
 * The order itself means nothing, since all guards are asked.
 */
export function diffGuards(saved: Guard[], edited: Guard[]): GuardChange[] {
  const [gone, come] = [without(saved, edited), without(edited, saved)]
  const changes: GuardChange[] = gone.map((before) => {
    const at = come.findIndex((after) => after.type === before.type)
    const [after] = at < 0 ? [] : come.splice(at, 1)
    return after ? { before, after } : { before }
  })
  return [...changes, ...come.map((after) => ({ after }))]
}

/** The guards of one list that the other lacks; of equal ones, as many as it has more of. */
function without(guards: Guard[], others: Guard[]): Guard[] {
  const left = others.map(canonical)
  return guards.filter((guard) => {
    const at = left.indexOf(canonical(guard))
    if (at >= 0) left.splice(at, 1)
    return at < 0
  })
}

function canonical(guard: Guard): string {
  return JSON.stringify(Object.entries(guard).sort(([a], [b]) => (a < b ? -1 : 1))).toLowerCase()
}
