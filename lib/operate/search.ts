/** What a search text names. One text names one kind of thing, so a search reads one index and finds exactly that. */
export type SearchTarget =
  | { kind: 'id' | 'address' | 'hash' | 'stripe' | 'receipt'; value: string }
  | { kind: 'unreadable'; value: string }

const forms: [kind: Exclude<SearchTarget['kind'], 'unreadable'>, form: RegExp][] = [
  ['id', /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/],
  ['address', /^0x[0-9a-f]{40}$/],
  ['hash', /^0x[0-9a-f]{64}$/],
  ['stripe', /^cos_[\w-]+$/],
  ['receipt', /^cw-\d{4}-\d{6,}$/],
]

/** Reads a search text: a session's or receipt's id, an address, a transaction hash, Stripe's id, or a receipt number. */
export function searchTarget(text: string | undefined): SearchTarget | undefined {
  const given = text?.trim() ?? ''
  if (given === '') return undefined
  const lower = given.toLowerCase()
  const kind = forms.find(([, form]) => form.test(lower))?.[0]
  if (kind === undefined) return { kind: 'unreadable', value: given }
  // Stripe tells upper from lower case in its ids; receipt numbers are written in capitals.
  if (kind === 'stripe') return { kind, value: given }
  return { kind, value: kind === 'receipt' ? given.toUpperCase() : lower }
}
