import { notFound } from 'next/navigation'
import { Problem } from '#lib/http/problem.ts'

/** What a verb reads; the page of an absent thing is absent. */
export async function orNotFound<Thing>(reading: Promise<Thing>): Promise<Thing> {
  try {
    return await reading
  } catch (error) {
    if (error instanceof Problem && error.status === 404) notFound()
    throw error
  }
}
