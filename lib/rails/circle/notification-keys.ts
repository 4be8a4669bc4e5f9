import type { KeyObject } from 'node:crypto'
import { z } from 'zod'
import { readAnswer } from '#lib/rails/circle/answer.ts'
import { type CircleClient, call, circle } from '#lib/rails/circle/client.ts'
import { isMissing } from '#lib/rails/circle/errors.ts'
import { notificationKeyOf } from '#lib/rails/circle/webhook-signature.ts'

/** Anybody can send us ids of keys, and Circle counts our questions. */
export class TooManyKeysAsked extends Error {
  override name = 'TooManyKeysAsked'
}

type Options = {
  /** Asks Circle for a key; undefined when there is none of that id. */
  ask: (keyId: string) => Promise<KeyObject | undefined>
  now?: () => number
  /** How long an answer stands. */
  keptMs?: number
  /** How often Circle is asked in a minute, at the most. */
  asksAMinute?: number
}

/**
 * Keeps the keys that Circle signs with. Each is asked for once and then known for a day, so that a revoked one does not stay;
 * that Circle does not know one is remembered for a minute. Past its share of questions it throws `TooManyKeysAsked`.
 */
export function createKeyring(options: Options): (keyId: string) => Promise<KeyObject | undefined> {
  const { ask, now = Date.now, keptMs = 24 * 60 * 60 * 1000, asksAMinute = 20 } = options
  const keys = new Map<string, { until: number; key: Promise<KeyObject | undefined> }>()
  let asked: number[] = []

  return async (keyId) => {
    for (const [id, { until }] of keys) if (until <= now()) keys.delete(id)
    const known = keys.get(keyId)
    if (known) return await known.key
    asked = asked.filter((at) => at > now() - 60_000)
    if (asked.length >= asksAMinute) throw new TooManyKeysAsked('Too many unknown keys in a minute.')
    asked.push(now())
    const entry = { until: now() + keptMs, key: ask(keyId) }
    keys.set(keyId, entry)
    try {
      const key = await entry.key
      if (!key) entry.until = now() + 60_000
      return key
    } catch (error) {
      keys.delete(keyId)
      throw error
    }
  }
}

const Published = z.object({ id: z.string(), algorithm: z.string(), publicKey: z.string() })

/** Asks Circle for one of the keys that it signs notifications with; undefined when Circle does not know it. */
export async function askForKey(keyId: string, client: CircleClient = circle()): Promise<KeyObject | undefined> {
  try {
    const answer = await call('getNotificationSignature', () => client.getNotificationSignature(keyId), {
      timeoutMs: 5000,
    })
    return notificationKeyOf(readAnswer(Published, answer.data, 'notification key'))
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

/** The keys of this process. */
export const notificationKey = createKeyring({ ask: (keyId) => askForKey(keyId) })
