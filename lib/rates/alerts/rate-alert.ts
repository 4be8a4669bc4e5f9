import { RateAlert } from '#lib/rates/alerts/schema.ts'

const iso = (text: string): string => new Date(text).toISOString()
const isoOrNull = (text: string | null): string | null => (text === null ? null : iso(text))

/** What private.rate_alert_json() makes of an alert. */
export type StoredRateAlert = {
  reached: { price: string; at: string } | null
  attempts: { at: string; failure: string | null }[]
  nextAttemptAt: string | null
  createdAt: string
  endedAt: string | null
  events: { at: string }[]
}

/** A price alert as the API shows it. */
export function toRateAlert(stored: StoredRateAlert): RateAlert {
  return RateAlert.parse({
    ...stored,
    reached: stored.reached && { ...stored.reached, at: iso(stored.reached.at) },
    attempts: stored.attempts.map((attempt) => ({ ...attempt, at: iso(attempt.at) })),
    nextAttemptAt: isoOrNull(stored.nextAttemptAt),
    createdAt: iso(stored.createdAt),
    endedAt: isoOrNull(stored.endedAt),
    events: stored.events.map((event) => ({ ...event, at: iso(event.at) })),
  })
}
