import { setTimeout as wait } from 'node:timers/promises'

/** Looks again and again until there is something, or fails saying what was waited for. For tests of the sandbox. */
export async function waitFor<Found>(
  what: string,
  look: () => Promise<Found | undefined | null | false> | Found | undefined | null | false,
  timeoutMs = 15_000,
): Promise<Found> {
  const deadline = Date.now() + timeoutMs
  for (;;) {
    const found = await look()
    if (found) return found
    if (Date.now() > deadline) throw new Error(`waited in vain for ${what}`)
    await wait(20)
  }
}
