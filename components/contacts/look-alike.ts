type Known = { name: string; address: string }

export type Likeness = { kind: 'same' | 'alike'; name: string; address: string }

/**
 * The contact that an address is, or that it could be mistaken for: the same first and last characters, which is all that
 * people look at, and others between. Null when it is like none.
 */
export function likenessOf(address: string, contacts: readonly Known[]): Likeness | null {
  const lower = address.toLowerCase()
  const known = contacts.map((each) => ({ ...each, address: each.address.toLowerCase() }))
  const same = known.find((each) => each.address === lower)
  if (same) return { kind: 'same', ...same }
  const alike = known.find(
    (each) => each.address.slice(0, 6) === lower.slice(0, 6) && each.address.slice(-4) === lower.slice(-4),
  )
  return alike ? { kind: 'alike', ...alike } : null
}
