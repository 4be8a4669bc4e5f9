import { existsSync } from 'node:fs'
import { join } from 'node:path'
import postgres from 'postgres'
import { type Address, numberToHex } from 'viem'
import { privateKeyToAddress } from 'viem/accounts'
import { startChild } from '#bench/child.ts'
import { startChain } from '#bench/deliveries/chain.ts'
import { delivered } from '#bench/deliveries/queued-deliveries.ts'
import { benchEnvironment } from '#bench/environment.ts'
import { beBusy } from '#bench/memory/busy.ts'
import { peakMemory } from '#bench/memory/peak.ts'
import { compare, type Result } from '#bench/result.ts'
import { seedSessions } from '#bench/sessions/seed.ts'
import { startStandIn } from '#bench/sessions/stand-in.ts'
import type { World } from '#bench/world.ts'
import { startApp, startWorker } from '#sandbox/app.ts'
import { buildApp } from '#sandbox/build.ts'
import { freePort } from '#sandbox/ports.ts'
import { tick } from '#supabase/tests/support/rates.ts'

const stored = 10_000
const deliveries = 200

/** What a Vercel function had by default, and at the most on its smallest plan, when plans still differed. */
const functionMB = 1024
/** The second smallest container of most hosts. */
const containerMB = 512

/** How much memory the app, as built for production, and its worker hold at the most while both are busy. */
export async function run(world: World): Promise<Result[]> {
  if (!existsSync('/proc/self/status')) {
    world.say('  Peak memory is read from /proc, which this system does not have.')
    return []
  }
  await buildApp({ log: join(world.folder, 'build.log'), say: world.say })
  const database = await world.database('memory')
  await seedSessions(database.adminUrl, stored)
  const chain = await startChain()
  const stripe = await startStandIn(join(world.folder, 'stripe-of-memory'))
  const beat = setInterval(() => void chain.node.mine({ blocks: 1 }).catch(() => {}), 250)
  const sql = postgres(database.adminUrl, { max: 1 })
  try {
    await tick(sql, { asset: 'USDC', currency: 'USD', price: '1' })
    const { privateKey } = await chain.treasury()
    const url = `http://localhost:${await freePort()}`
    const env = {
      ...benchEnvironment,
      APP_URL: url,
      DATABASE_URL: database.url,
      STRIPE_API_URL: stripe.url,
      RPC_URL_MEZO_TESTNET: chain.rpcUrl,
      TREASURY_NETWORK: 'mezo-testnet',
      TREASURY_PRIVATE_KEY: privateKey,
    }
    const worker = await startWorker({ env, logs: world.folder })
    const app = await startApp({ url, env, logs: world.folder, dev: false })
    const purchases = startChild(join(import.meta.dirname, '../deliveries/purchases.ts'), env)
    try {
      const [{ receipts } = { receipts: 0 }] = await sql`select count(*)::int as receipts from public.receipts`
      await Promise.all([
        purchases.ask('fund', buyers()).then(() => delivered(sql, receipts + deliveries)),
        beBusy(url, stored),
      ])
      return [
        limit('app', peakMemory(app.pid), functionMB, 'of a small Vercel function'),
        limit('worker', peakMemory(worker.pid), containerMB, 'of a small container'),
      ]
    } finally {
      await purchases.stop()
      await app.stop()
      await worker.stop()
    }
  } finally {
    clearInterval(beat)
    await sql.end()
    await stripe.stop()
    await chain.stop()
  }
}

const limit = (name: string, peak: number, most: number, whose: string): Result =>
  compare({
    name: `peak memory of the ${name} under load, against the ${most} MB ${whose}`,
    ours: peak,
    peer: most,
    unit: 'MB',
    better: 'less',
    aim: 1,
  })

const buyers = (): Address[] =>
  Array.from({ length: deliveries }, (_, index) => privateKeyToAddress(numberToHex(index + 1, { size: 32 })))
