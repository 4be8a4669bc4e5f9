import type { World } from '#e2e/support/world.ts'

type Faults = {
  duplicate?: boolean | number
  reorder?: boolean
  delayMs?: number
  drop?: boolean | number
  status?: number | null
  path?: string
  times?: number
}

/** Sets faults of the Stripe stand-in; `clearFaults` takes them all away. */
export async function setFaults(world: World, faults: Faults): Promise<void> {
  await expectOk(`${world.stripe.url}/sandbox/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(faults),
  })
}

export async function clearFaults(world: World): Promise<void> {
  await expectOk(`${world.stripe.url}/sandbox/faults`, { method: 'DELETE' })
}

/** Pays an onramp session as a machine does; resolves to Stripe's answer, refusals included. */
export function payByMachine(world: World, stripeSessionId: string, card = '4242424242424242'): Promise<Response> {
  return fetch(`${world.stripe.url}/sandbox/onramp_sessions/${stripeSessionId}/pay`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ card }),
  })
}

async function expectOk(url: string, init?: RequestInit): Promise<Response> {
  const response = await fetch(url, init)
  if (!response.ok)
    throw new Error(`${init?.method ?? 'GET'} ${url} answered ${response.status}: ${await response.text()}`)
  return response
}
