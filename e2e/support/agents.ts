import { randomUUID } from 'node:crypto'
import { expect, type Page } from '@playwright/test'
import type { Address } from 'viem'
import { fund } from '#e2e/support/funds.ts'
import { signInByCode } from '#e2e/support/people.ts'
import type { World } from '#e2e/support/world.ts'

export type OwnAgent = { id: string; walletId: string; address: Address; apiKey: string }

/** What the page's own session gets from the API, as the browser sends it. */
async function ask<Answer>(page: Page, method: string, path: string, body?: object): Promise<Answer> {
  const asked = { method, path, body, key: randomUUID() }
  return await page.evaluate(async ({ method, path, body, key }) => {
    const headers = { 'content-type': 'application/json', 'idempotency-key': key }
    const response = await fetch(path, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) })
    if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`)
    return response.status === 204 ? null : await response.json()
  }, asked)
}

/**
 * A person who was never here before signs in on the page, and gets an agent with test USDC and a key by which other software
 * acts for it. Its guards are those given; the person is on their agents' page.
 */
export async function ownAgent(page: Page, world: World, guards: object[], amount = '100'): Promise<OwnAgent> {
  await signInByCode(page, world, `person-${randomUUID()}@causeway.test`, '/agents')
  const { id } = await ask<{ id: string }>(page, 'POST', '/api/v1/agents', { name: 'Ada', network: 'mezo-testnet' })
  await ask(page, 'PUT', `/api/v1/agents/${id}/guards`, { guards })
  const { key: apiKey } = await ask<{ key: string }>(page, 'POST', `/api/v1/agents/${id}/api-keys`, {
    name: 'Other software',
    scopes: ['read', 'simulate', 'propose', 'cancel'],
  })
  const wallet = async () =>
    (
      await ask<{
        wallets: { id: string; address: Address | null; balances: { asset: string; available: string }[] }[]
      }>(page, 'GET', `/api/v1/wallets?agentId=${id}`)
    ).wallets[0]
  await expect.poll(async () => (await wallet())?.address, { timeout: 30_000 }).toBeTruthy()
  const { id: walletId, address } = (await wallet()) ?? {}
  if (!walletId || !address) throw new Error('The agent has no wallet.')
  await fund(world, address, amount)
  const available = async () => (await wallet())?.balances.find(({ asset }) => asset === 'USDC')?.available
  await expect.poll(available, { timeout: 30_000 }).toBe(`${amount}.00`)
  return { id, walletId, address, apiKey }
}
