import { ApiFailure, call } from '#components/onramp/api.ts'
import { beginAttempt, endAttempt, type SessionBody } from '#components/onramp/payment-attempt.ts'
import { saveSession } from '#components/onramp/saved-sessions.ts'
import type { CreatedSession } from '#lib/onramp/schema.ts'

/**
 * Makes the session a payment belongs to, once: its key is kept before it is sent, so that pressing again after an
 * unclear outcome repeats the same request. The secret is kept in this browser as soon as it is known.
 */
export async function makeSession(body: SessionBody): Promise<CreatedSession> {
  const attempt = beginAttempt(body)
  try {
    const { body: session } = await call<CreatedSession>('/api/v1/onramp/sessions', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': attempt.key },
      body: JSON.stringify(attempt.body),
    })
    saveSession({ id: session.id, secret: session.secret, walletAddress: body.walletAddress })
    endAttempt()
    return session
  } catch (error) {
    if (error instanceof ApiFailure && !error.unclear) endAttempt()
    throw error
  }
}
