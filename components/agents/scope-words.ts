/** What a key may be allowed, in the order it is offered. There is no scope for approving: no key can. */
export const scopes = [
  { scope: 'read', name: 'See', means: 'its balance, payments, guards and your contacts' },
  { scope: 'simulate', name: 'Try', means: 'ask whether a payment would pass, without making it' },
  { scope: 'propose', name: 'Propose', means: 'propose payments, which your guards decide on' },
  { scope: 'cancel', name: 'Cancel', means: 'cancel what it proposed, before it moves' },
] as const

export type Scope = (typeof scopes)[number]['scope']
