import { clientIp } from '#lib/http/client-ip.ts'
import { Problem } from '#lib/http/problem.ts'
import { limitRate } from '#lib/http/rate-limit/limit-rate.ts'

/**
 * Lets a look by a secret through, and counts it when it found nothing: whoever tries secrets, or ids, soon gets
 * rate_limited in place of not_found. A right secret is never counted, so that nobody can keep a buyer from their payment. It is
 * counted for the client's address, and for the account of whoever has signed in.
 */
export async function limitWrongSecrets<T>(request: Request, look: Promise<T>, accountId?: string): Promise<T> {
  try {
    return await look
  } catch (error) {
    if (error instanceof Problem && error.status === 404) {
      if (accountId !== undefined) await limitRate('wrongSecrets', accountId)
      await limitRate('wrongSecrets', clientIp(request))
    }
    throw error
  }
}
