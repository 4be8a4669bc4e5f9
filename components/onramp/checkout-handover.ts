const place = 'causeway.checkout'

/**
 * Remembers, for this tab, that its next status page goes on to Stripe's page. The status page comes first so that the
 * browser's Back leads there, whatever Stripe's page does when it is done.
 */
export function goOnToCheckout(session: { id: string; checkoutUrl: string }): void {
  try {
    sessionStorage.setItem(place, JSON.stringify({ id: session.id, checkoutUrl: session.checkoutUrl }))
  } catch {
    // Without storage the status page shows its "Continue to payment" button instead.
    return
  }
}

/** The page to go on to, once: coming back to the status page stays there. */
export function takeCheckout(id: string): string | null {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(place) ?? 'null')
    if (typeof kept !== 'object' || kept === null || !('id' in kept) || kept.id !== id || !('checkoutUrl' in kept))
      return null
    sessionStorage.removeItem(place)
    return typeof kept.checkoutUrl === 'string' ? kept.checkoutUrl : null
  } catch {
    return null
  }
}
