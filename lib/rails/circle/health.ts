import { type CircleClient, call, circle, hasCircle } from '#lib/rails/circle/client.ts'
import { isKeyRefused, outcomeOf } from '#lib/rails/circle/errors.ts'
import type { Health } from '#lib/rails/rail.ts'

/** Asks Circle for the key to which the entity secret is encrypted: the cheapest call that proves address and API key. Never throws. */
export async function health(client?: CircleClient): Promise<Health> {
  try {
    if (!client && !hasCircle()) return { ok: false, detail: 'Circle is not configured' }
    const asked = client ?? circle()
    const answer = await call('getPublicKey', () => asked.getPublicKey(), { timeoutMs: 5000 })
    if (answer.data?.publicKey) return { ok: true, detail: 'Circle accepts this key' }
    return { ok: false, detail: 'Circle did not answer clearly' }
  } catch (error) {
    if (isKeyRefused(error)) return { ok: false, detail: 'Circle refuses this key' }
    const reached = outcomeOf(error) !== 'unavailable'
    return { ok: false, detail: reached ? 'Circle did not answer clearly' : 'Circle cannot be reached' }
  }
}
