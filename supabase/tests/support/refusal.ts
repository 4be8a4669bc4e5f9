import postgres from 'postgres'
import { Problem } from '#lib/http/problem.ts'

/**
 * How the database refused: the SQLSTATE, followed by the constraint's name where one stood in the way. An attempt that
 * was not refused at all resolves to 'accepted', so that a test names what it expected instead of what it got.
 */
export async function refusalOf(attempt: PromiseLike<unknown>): Promise<string> {
  try {
    await attempt
  } catch (error) {
    const cause = error instanceof Problem ? error.cause : error
    if (!(cause instanceof postgres.PostgresError)) throw error
    return cause.constraint_name === undefined ? cause.code : `${cause.code} ${cause.constraint_name}`
  }
  return 'accepted'
}

/** What Postgres says to a role that was granted nothing. */
export const NO_PRIVILEGE = '42501'
