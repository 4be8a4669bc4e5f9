import type { Route } from 'next'
import { redirect } from 'next/navigation'
import { Problem } from '#lib/http/problem.ts'

/** A page of a list. An address from an old bookmark, whose place is no more, begins at the list's beginning. */
export async function fromTheStart<Page>(path: string, reading: Promise<Page>): Promise<Page> {
  try {
    return await reading
  } catch (error) {
    if (error instanceof Problem && error.code === 'invalid_cursor') redirect(path as Route)
    throw error
  }
}
