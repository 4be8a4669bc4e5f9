import type { Route } from 'next'
import { redirect } from 'next/navigation'
import { Problem } from '#lib/http/problem.ts'

export type SearchParams = Promise<Record<string, string | string[] | undefined>>

/** The parameters of an address that were given once, by name. */
export async function readParams<Name extends string>(
  params: SearchParams,
  names: readonly Name[],
): Promise<Partial<Record<Name, string>>> {
  const given = await params
  const entries = names
    .map((name) => [name, given[name]])
    .filter(([, value]) => typeof value === 'string' && value !== '')
  return Object.fromEntries(entries) as Partial<Record<Name, string>>
}

/** Runs a list's query; an address with an outdated cursor leads to the list's beginning. */
export async function orFromTheBeginning<Page>(path: string, query: () => Promise<Page>): Promise<Page> {
  try {
    return await query()
  } catch (error) {
    if (error instanceof Problem && error.code === 'invalid_cursor') redirect(path as Route)
    throw error
  }
}
