import { Problem } from '#lib/http/problem.ts'

/** The refusal of a request that came too soon. */
export function rateLimited(milliseconds: number): Problem {
  const seconds = Math.max(1, Math.ceil(milliseconds / 1000))
  return new Problem(
    429,
    'rate_limited',
    'Too many requests',
    `There were too many requests of this kind in a short time. Nothing was done or charged; try again in ${seconds} s.`,
    { retryAfterSeconds: seconds },
  )
}
