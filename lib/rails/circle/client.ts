import {
  type CircleDeveloperControlledWalletsClient,
  initiateDeveloperControlledWalletsClient,
} from '@circle-fin/developer-controlled-wallets'
import { env } from '#lib/env.ts'
import { withSpan } from '#lib/telemetry/span.ts'

export type CircleClient = CircleDeveloperControlledWalletsClient

/** This deployment has no key of Circle's, or none for that network: nothing was asked of Circle. */
export class CircleNotConfigured extends Error {
  override name = 'CircleNotConfigured'

  constructor(message = 'CIRCLE_API_KEY and CIRCLE_ENTITY_SECRET are not set, so agents cannot pay here.') {
    super(message)
  }
}

/** Circle took longer than we wait. What became of the request is unclear. */
export class CircleTimedOut extends Error {
  override name = 'CircleTimedOut'
}

/** A client for the given key. `apiUrl` replaces https://api.circle.com; only the sandbox sets it. */
export function createCircle(options: {
  apiKey: string
  entitySecret: string
  apiUrl?: string | undefined
}): CircleClient {
  const { apiKey, entitySecret, apiUrl } = options
  return initiateDeveloperControlledWalletsClient({ apiKey, entitySecret, ...(apiUrl && { baseUrl: apiUrl }) })
}

/** Whether this deployment can make wallets at Circle and pay from them. */
export function hasCircle(): boolean {
  return env().CIRCLE_API_KEY !== undefined
}

let client: CircleClient | undefined

/** This process's client, made from the environment on first use. Throws `CircleNotConfigured`. */
export function circle(): CircleClient {
  if (client) return client
  const { CIRCLE_API_KEY: apiKey, CIRCLE_ENTITY_SECRET: entitySecret, CIRCLE_API_URL: apiUrl } = env()
  if (apiKey === undefined || entitySecret === undefined) throw new CircleNotConfigured()
  client = createCircle({ apiKey, entitySecret, apiUrl })
  return client
}

/** How long one call may take. Past it the outcome is unclear, never a failure. */
const patienceMs = 20_000

/** Makes one call as a span of the trace at hand. Circle's client has no time-out of its own: past ours it throws `CircleTimedOut`. */
export async function call<Answer>(
  name: string,
  request: () => Promise<Answer>,
  { timeoutMs = patienceMs }: { timeoutMs?: number } = {},
): Promise<Answer> {
  return await withSpan(`circle ${name}`, { kind: 'client' }, async () => {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_, reject) => {
      const seconds = timeoutMs / 1000
      timer = setTimeout(
        () => reject(new CircleTimedOut(`Circle did not answer within ${seconds} seconds.`)),
        timeoutMs,
      )
    })
    try {
      return await Promise.race([request(), late])
    } finally {
      clearTimeout(timer)
    }
  })
}
