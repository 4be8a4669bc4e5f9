import type { Scope } from '#lib/auth/scopes.ts'
import { as } from '#lib/db/as.ts'

/** Whether a credential has the form of a key of ours. */
export function looksLikeApiKey(credential: string): boolean {
  return credential.startsWith('cw_')
}

/** The id of a key that holds at this moment, and what it may do; notes that it was used. Undefined for any other. */
export async function findApiKey(apiKey: string): Promise<{ id: string; scopes: Scope[] } | undefined> {
  const [row] = await as({ role: 'agent', apiKey })((sql) => sql`select id, scopes from app.use_api_key()`)
  return row && { id: row.id, scopes: row.scopes }
}
