import type postgres from 'postgres'
import { getAddress } from 'viem'
import type { Contact } from '#lib/contacts/schema.ts'

/** A row of public.contacts as the API shows it. */
export function toContact(row: postgres.Row): Contact {
  return {
    id: row.id,
    name: row.name,
    address: getAddress(row.address),
    domain: row.domain,
    createdAt: row.created_at.toISOString(),
  }
}
