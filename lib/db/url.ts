import { trustAuthority } from '#lib/db/trust.ts'
import { env } from '#lib/env.ts'

/** Where the database is. From here on, this process trusts the authority that its certificate is checked by. */
export function databaseUrl(): string {
  const { DATABASE_URL, DATABASE_CA } = env()
  if (DATABASE_CA !== undefined) trustAuthority(DATABASE_CA)
  return DATABASE_URL
}
