import { env } from '#lib/env.ts'
import { onrampOffers } from '#lib/onramp/offers.ts'
import { circleNetworks } from '#lib/rails/circle/networks.ts'
import { startTelemetry } from '#lib/telemetry/start.ts'

/**
 * Begins a process. One whose configuration is wrong says what is to be mended, of all variables at once, and ends: a server
 * that listened all the same would find out payment by payment. (Next by itself would print the error and go on listening.)
 */
export function start(name: 'causeway-app' | 'causeway-worker' | 'causeway-stream'): void {
  try {
    env()
    onrampOffers()
    circleNetworks()
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exit(1)
  }
  startTelemetry(name)
}
