import { parseUnits } from 'viem'
import { checkAtRest, checkNow } from '#sim/checks.ts'
import { readRates } from '#sim/feed.ts'
import { rest } from '#sim/rest.ts'
import { step } from '#sim/steps.ts'
import { createWorld, type World, type WorldOptions } from '#sim/world.ts'

export type Outcome = {
  /** What must not have happened; empty for a run that holds. */
  wrong: string[]
  /** After how many steps it was seen. */
  steps: number
  story: string[]
  counts: Record<string, number>
}

/** One run: so many steps of a world in which things go wrong, and then a look whether everything came out right. */
export async function simulate(options: WorldOptions & { steps: number }): Promise<Outcome> {
  const world = await createWorld(options)
  let taken = 0
  try {
    await furnish(world)
    while (taken < options.steps && world.wrong.length === 0) {
      taken += 1
      await step(world, taken)
      await checkNow(world)
    }
    if (world.wrong.length === 0) {
      await rest(world)
      await checkAtRest(world)
    }
    return { wrong: world.wrong, steps: taken, story: world.story, counts: await count(world) }
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
    return { wrong: [...world.wrong, text], steps: taken, story: world.story, counts: {} }
  } finally {
    await world.close()
  }
}

/** What is there in the beginning. */
async function furnish(world: World): Promise<void> {
  const { chain } = world
  await readRates({ ...world, trouble: false })
  await chain.mint('USDC', chain.stripe.address, parseUnits('100000000', 6))
  await chain.mint('MUSD', chain.treasury.address, parseUnits('2000', 18))
}

async function count({ sql, purchases, sent, machine }: World): Promise<Record<string, number>> {
  const [row] = await sql`select
    (select count(*)::int from public.onramp_sessions where status = 'delivered') as delivered,
    (select count(*)::int from public.onramp_sessions where paid_after_expiry_at is not null) as "paid late",
    (select count(*)::int from public.transfers where kind = 'nonce_fill') as "nonces filled",
    (select count(*)::int from public.transfers where failure is not null) as "transfers failed",
    (select count(*)::int from private.signed_transactions where attempt > 1) as "signed again",
    (select count(*)::int from public.transfer_events where from_status = 'included' and to_status = 'broadcast') as "undone by a reorganisation"`
  const { kill, freeze, lose } = machine.faults
  return {
    purchases: purchases.length,
    webhooks: sent.length,
    killed: kill,
    frozen: freeze,
    'answers lost': lose,
    ...row,
  }
}
