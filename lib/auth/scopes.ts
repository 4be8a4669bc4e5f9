/** What an API key can be made for; a key may do what its scopes say, and nothing else. */
export const scopes = ['read', 'simulate', 'propose', 'cancel'] as const

export type Scope = (typeof scopes)[number]
