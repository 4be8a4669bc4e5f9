import { getAddress } from 'viem'
import { Guard, type GuardSet } from '#lib/guards/schema.ts'

/** Guards as the database keeps them, as the API shows them: addresses in checksum spelling. */
export function toGuards(stored: unknown[]): Guard[] {
  return stored.map((each) => {
    const guard = Guard.parse(withNumbers(each))
    return guard.type === 'recipients' && guard.addresses
      ? { ...guard, addresses: guard.addresses.map((address) => getAddress(address)) }
      : guard
  })
}

/** The database takes a count as a text too; the API has one form. */
function withNumbers(stored: unknown): unknown {
  if (typeof stored !== 'object' || stored === null) return stored
  const counts = 'type' in stored && stored.type === 'rate' ? ['limit'] : ['minutes', 'waitMinutes']
  return Object.fromEntries(
    Object.entries(stored).map(([name, value]) => [name, counts.includes(name) ? Number(value) : value]),
  )
}

/** The columns of guard_sets that make one. */
export type GuardSetRow = { version?: number | null; guards?: unknown[] | null; at?: Date | null }

/** A row of guard_sets as the API shows it; where nothing was ever set, version 0 and no guards. */
export function toGuardSet({ version, guards, at }: GuardSetRow): GuardSet {
  return { version: version ?? 0, guards: toGuards(guards ?? []), setAt: at?.toISOString() ?? null }
}
