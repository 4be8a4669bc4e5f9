import { Hono } from 'hono'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type NodeEnvironment, serve } from '#sandbox/http/serve.ts'
import { waitFor } from '#sandbox/http/wait-for.ts'
import { propose, setGuards } from '#supabase/tests/support/agents.ts'
import { type CircleWorld, startCircleWorld } from '#supabase/tests/support/circle-world.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'
import { expectSoundLedger } from '#supabase/tests/support/ledger.ts'
import { startWorker, type WorkerProcess } from '#supabase/tests/support/worker.ts'

// Real workers, killed with SIGKILL while they ask Circle, on a real database and a real node. Two others go on, at once.

const { adminSql } = await testDatabase()

let world: CircleWorld
let treasury: Record<string, string>
let inFront: { url: string; stop: () => Promise<void> }
/** What happens to a request for a transfer; it answers with null to say nothing. */
let intercept: ((forward: () => Promise<Response>) => Promise<Response | null>) | undefined

beforeAll(async () => {
  world = await startCircleWorld(adminSql)
  const { privateKey } = await world.chain.fundedAccount()
  treasury = { TREASURY_NETWORK: 'mezo-testnet', TREASURY_PRIVATE_KEY: privateKey }
  await world.chain.node.setAutomine(true)
  const app = new Hono<NodeEnvironment>().all('*', async (c) => {
    const body = c.req.method === 'GET' ? null : await c.req.arrayBuffer()
    const forward = async (): Promise<Response> => {
      const { pathname, search } = new URL(c.req.url)
      const headers = new Headers(c.req.raw.headers)
      headers.delete('host')
      headers.delete('content-length')
      const answer = await fetch(`${world.circleUrl}${pathname}${search}`, { method: c.req.method, headers, body })
      return new Response(await answer.text(), {
        status: answer.status,
        headers: { 'content-type': 'application/json' },
      })
    }
    if (!c.req.path.endsWith('/transactions/transfer') || !intercept) return await forward()
    const answer = await intercept(forward)
    if (answer) return answer
    c.env.incoming.socket.destroy()
    return new Response()
  })
  inFront = await serve({ app, port: 0 })
})
afterAll(async () => {
  await inFront.stop()
  await world.stop()
})

const start = () => startWorker({ CIRCLE_API_URL: inFront.url, STRIPE_NETWORKS: 'mezo-testnet=base', ...treasury })

test.each(['before', 'after'] as const)(
  'a worker that is killed %s Circle hears of the payment: it is made once',
  async (when) => {
    const agent = await world.fundedAgent()
    await setGuards(agent, [{ type: 'budget', period: 'day', limit: '50.00' }])
    const recipient = `0x${when === 'before' ? 'd' : 'e'}${'1'.repeat(39)}`
    const { promise: killed, resolve: kill } = Promise.withResolvers<void>()
    let doomed: Promise<WorkerProcess> | undefined
    intercept = async (forward) => {
      if (when === 'after') await forward()
      await (await doomed)?.kill()
      kill()
      return null
    }
    const intent = await propose(agent, { amount: 10, recipient })
    doomed = start()
    await killed
    const [row] =
      await adminSql`select status, doubtful_asks from public.circle_transfers where intent_id = ${intent.id}`
    expect(row).toEqual({ status: 'prepared', doubtful_asks: 1 })

    intercept = undefined
    const others = await Promise.all([start(), start()])
    await waitFor('the payment', async () => {
      await world.chain.node.mine({ blocks: 1 })
      const [paid] = await adminSql`select status from public.intents where id = ${intent.id}`
      return paid?.status === 'settled'
    })
    for (const each of others) await each.kill()
    expect(await world.paid(recipient)).toEqual([10_000_000n])
    const [account] = await adminSql`select posted::text, held::text from public.ledger_accounts
    where wallet_id = ${agent.walletId} and kind = 'wallet'`
    expect(account).toEqual({ posted: '90000000', held: '0' })
    await expectSoundLedger(adminSql)
  },
  60_000,
)
