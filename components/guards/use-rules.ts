'use client'

import { useRef, useState } from 'react'
import type { Rule } from '#components/guards/draft.ts'
import type { Guard } from '#lib/guards/schema.ts'

/** The rules as they are edited. Each keeps its id while it is written into; a rule that comes gets a new one. */
export function useRules(initial: Guard[]) {
  const next = useRef(initial.length)
  const [rules, setRules] = useState<Rule[]>(() => initial.map((guard, id) => ({ id, guard })))
  const made = (guards: Guard[]) => guards.map((guard) => ({ id: next.current++, guard }))

  return {
    rules,
    guards: rules.map(({ guard }) => guard),
    change: (id: number, guard: Guard) => setRules(rules.map((rule) => (rule.id === id ? { id, guard } : rule))),
    remove: (id: number) => setRules(rules.filter((rule) => rule.id !== id)),
    add: (guards: Guard[]) => setRules([...rules, ...made(guards)]),
    replace: (guards: Guard[]) => setRules(made(guards)),
  }
}
