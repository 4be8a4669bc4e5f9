import { randomUUID } from 'node:crypto'
import type { Address } from 'viem'
import { z } from 'zod'
import { env } from '#lib/env.ts'
import type { Network } from '#lib/money/assets.ts'
import { call } from '#lib/rails/circle/client.ts'
import { type Blockchain, requireBlockchain } from '#lib/rails/circle/networks.ts'

/** Circle's screening refuses the recipient. Nothing was asked to be paid. */
export class RecipientRefused extends Error {
  override name = 'RecipientRefused'
}

/** Circle's screening did not say whether the recipient may be paid. Nothing was asked to be paid. */
export class ScreeningUnavailable extends Error {
  override name = 'ScreeningUnavailable'
}

const Verdict = z.object({ result: z.enum(['APPROVED', 'DENIED']) })
/** Circle's reference shows the verdict bare, its other answers are wrapped. */
const Answer = z.union([Verdict, z.object({ data: Verdict }).transform(({ data }) => data)])

type Key = { apiKey: string; apiUrl?: string | undefined }

/** Asks Circle's Compliance Engine about an address. Circle's client lacks this call. Throws `ScreeningUnavailable`. */
export async function screenAddress(
  { address, chain }: { address: Address; chain: Blockchain },
  { apiKey, apiUrl = 'https://api.circle.com' }: Key,
): Promise<'APPROVED' | 'DENIED'> {
  try {
    return await call('screenAddress', async () => {
      const answer = await fetch(`${apiUrl}/v1/w3s/compliance/screening/addresses`, {
        method: 'POST',
        headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
        body: JSON.stringify({ idempotencyKey: randomUUID(), address, chain }),
        redirect: 'error',
        signal: AbortSignal.timeout(10_000),
      })
      if (!answer.ok) throw new ScreeningUnavailable(`Circle answered the screening with ${answer.status}.`)
      return Answer.parse(await answer.json()).result
    })
  } catch (error) {
    if (error instanceof ScreeningUnavailable) throw error
    throw new ScreeningUnavailable('Circle did not answer the screening clearly.', { cause: error })
  }
}

/** Lets a recipient pass where no screening is agreed with Circle, or where it approves. Throws `RecipientRefused` or `ScreeningUnavailable`. */
export async function requireApproved({ address, network }: { address: Address; network: Network }): Promise<void> {
  const { CIRCLE_SCREENING: screening, CIRCLE_API_KEY: apiKey, CIRCLE_API_URL: apiUrl } = env()
  if (screening === 'off' || apiKey === undefined) return
  const verdict = await screenAddress({ address, chain: requireBlockchain(network) }, { apiKey, apiUrl })
  if (verdict === 'DENIED') throw new RecipientRefused('Circle’s screening refuses this recipient.')
}
