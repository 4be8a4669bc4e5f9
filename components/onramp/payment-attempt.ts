export type SessionBody = {
  walletAddress: string
  asset: string
  network: string
  sourceAmount: string
  sourceCurrency: string
  quoteId: string
}

export type PaymentAttempt = { key: string; body: SessionBody }

const place = 'causeway.attempt'

/**
 * The attempt to send: the one kept from before when its outcome never became clear and it asks for the same, so that its
 * repetition cannot make a second session; else a new one. It is kept before it is sent.
 */
export function beginAttempt(body: SessionBody): PaymentAttempt {
  const earlier = readAttempt()
  if (earlier && asksTheSame(earlier.body, body)) return earlier
  const attempt = { key: crypto.randomUUID(), body }
  try {
    sessionStorage.setItem(place, JSON.stringify(attempt))
  } catch {
    return attempt
  }
  return attempt
}

/** Forgets the attempt, once its outcome is clear. */
export function endAttempt(): void {
  try {
    sessionStorage.removeItem(place)
  } catch {
    return
  }
}

function readAttempt(): PaymentAttempt | null {
  try {
    return JSON.parse(sessionStorage.getItem(place) ?? 'null') as PaymentAttempt | null
  } catch {
    return null
  }
}

/** A newer quote for the same purchase is still the same purchase. */
function asksTheSame(earlier: SessionBody, body: SessionBody): boolean {
  const names = ['walletAddress', 'asset', 'network', 'sourceAmount', 'sourceCurrency'] as const
  return names.every((name) => earlier[name] === body[name])
}
