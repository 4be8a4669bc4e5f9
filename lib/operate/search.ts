/** What a search text names. One text names one kind of thing, so a search reads its indexes and finds exactly that. */
export type SearchTarget = { kind: 'id' | 'address' | 'hash' | 'stripe' | 'receipt' | 'job' | 'event'; value: string }

const forms: [kind: SearchTarget['kind'], form: RegExp][] = [
  ['id', /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/],
  ['address', /^0x[0-9a-f]{40}$/],
  ['hash', /^0x[0-9a-f]{64}$/],
  ['stripe', /^cos_[\w-]+$/],
  ['receipt', /^cw-\d{4}-\d{6,}$/],
  ['job', /^[1-9]\d{0,17}$/],
]

/** Reads a search text: an id of ours, an address, a hash, a session's id at Stripe, a receipt's or a job's number, or else an event's id or type. */
export function searchTarget(text: string): SearchTarget | undefined {
  const given = text.trim()
  if (given === '') return undefined
  const lower = given.toLowerCase()
  const kind = forms.find(([, form]) => form.test(lower))?.[0] ?? 'event'
  // Stripe tells upper from lower case in its ids; receipt numbers are written in capitals.
  if (kind === 'stripe' || kind === 'event') return { kind, value: given }
  return { kind, value: kind === 'receipt' ? given.toUpperCase() : lower }
}
