/** Someone who has not signed in. With `sessionKey` they hold the secret of one guest session and may see that one. */
export type AnonymousActor = { role: 'anon'; sessionKey?: string }

/** A person whom Supabase Auth vouches for. `isAnonymous` marks an account without an email, password or wallet. */
export type PersonActor = { role: 'authenticated'; userId: string; email?: string; isAnonymous: boolean }

/** The door of the providers' webhooks: may store what arrived, nothing else. */
export type WebhookActor = { role: 'webhook' }

/** Background jobs: may record outcomes, nothing else. */
export type WorkerActor = { role: 'worker' }

/** Software that acts for an agent by one of its keys. The database looks the key up by its hash, and decides whether it still holds. */
export type AgentActor = { role: 'agent'; apiKey: string }

/** Who is asking. Every verb takes one, and the database decides by it. */
export type Actor = AnonymousActor | PersonActor | AgentActor | WebhookActor | WorkerActor
