import { parseGwei, parseUnits } from 'viem'
import { retryOnrampDelivery } from '#lib/onramp/retry-delivery.ts'
import { settlePaidAfterExpiry } from '#lib/onramp/settle-paid-after-expiry.ts'
import { replayWebhookEvent } from '#lib/webhooks/replay.ts'
import { postAll } from '#sim/mail.ts'
import { request, run, startJob } from '#sim/programs.ts'
import { tick } from '#sim/steps.ts'
import type { World } from '#sim/world.ts'

/** How many rounds everything may take to settle once nothing goes wrong any more; a round is a minute and four blocks. */
const rounds = 60

/** More than this is not work any more but a job that queues itself without end. */
const jobsAMinute = 400

/**
 * Brings the world to rest: nodes answer, gas is cheap, the treasury is rich, what stood still goes on, Stripe delivers what it
 * still has to, operators do their part, and time passes until nothing moves any more; at last a whole day, so that what nobody
 * paid ends.
 */
export async function rest(world: World): Promise<void> {
  const { chain, machine, network, clock, stripe, tell } = world
  tell('# rest')
  world.trouble = false
  await clock.skew(0)
  await stripe.fail(0, 0).catch(() => undefined)
  for (const node of network.nodes) Object.assign(node, { up: true, lag: 0 })
  await chain.node.setBalance({ address: chain.treasury.address, value: parseUnits('100', 18) })
  await chain.mint('MUSD', chain.treasury.address, parseUnits('100000', 18))
  for (const process of machine.frozen()) {
    machine.thaw(process)
    await run(world, process)
  }
  await settle(world)
  await tick(world, 25 * 3600 * 1000)
  await settle(world)
}

async function settle(world: World): Promise<void> {
  for (let round = 0; round < rounds && world.wrong.length === 0; round += 1) {
    await turn(world)
    if (round > 2 && (await isQuiet(world))) return
  }
  world.wrong.push(`it did not come to rest: ${await whatMoves(world)}`)
}

/** What happens in a minute in which nothing goes wrong. */
async function turn(world: World): Promise<void> {
  const { chain, stripe, queue } = world
  await chain.node.setNextBlockBaseFeePerGas({ baseFeePerGas: parseGwei('1') })
  await stripe.sendAgain(false)
  await stripe.payOut()
  await chain.mine(4)
  await stripe.notice()
  await postAll(world)
  for (let jobs = 0; jobs < jobsAMinute; jobs += 1) {
    const [id] = await queue.due()
    if (id === undefined) break
    const process = await startJob(world, id)
    if (process) await run(world, process)
    if (jobs === jobsAMinute - 1) world.wrong.push(`jobs without end: ${await whatMoves(world)}`)
  }
  await attend(world)
  await tick(world, 61_000)
}

/** Operators do their part: what failed on chain is tried again, what was put aside handled again, what was paid too late settled. */
async function attend(world: World): Promise<void> {
  const { sql, people } = world
  const actor = people.olga
  const held = await sql`
    select id from public.onramp_sessions where status = 'needs_attention' and attention_code = 'delivery_failed' order by created_at, id`
  for (const { id } of held)
    await run(
      world,
      request(world, `retry ${id}`, () => retryOnrampDelivery({ actor, id })),
    )
  const aside =
    await sql`select id from public.webhook_events where status = 'quarantined' order by received_at, event_id`
  for (const { id } of aside)
    await run(
      world,
      request(world, `replay ${id}`, () => replayWebhookEvent({ actor, id })),
    )
  const late = await sql`
    select id from public.onramp_sessions where paid_after_expiry_at is not null and paid_after_expiry_settled_at is null order by created_at, id`
  for (const { id } of late)
    await run(
      world,
      request(world, `settle ${id}`, () => settlePaidAfterExpiry({ actor, id, note: 'paid back' })),
    )
}

async function isQuiet(world: World): Promise<boolean> {
  return (await whatMoves(world)) === ''
}

/** What is still on its way, in words. */
async function whatMoves({ sql, mail, stripe }: World): Promise<string> {
  const rows = await sql`
    select 'session ' || status || coalesce(' ' || attention_code, '') as what from public.onramp_sessions
      where status in ('processing', 'funded', 'delivering', 'unknown', 'needs_attention')
        or (status in ('created', 'awaiting_payment') and expires_at < now() - interval '10 minutes')
    union all select 'transfer ' || kind || ' ' || status from public.transfers where finalized_at is null
    union all select 'webhook ' || status from public.webhook_events where status not in ('processed', 'ignored')
    union all select 'job ' || t.identifier || coalesce(': ' || left(j.last_error, 200), '') from graphile_worker._private_jobs j
      join graphile_worker._private_tasks t on t.id = j.task_id where j.run_at < now() or j.last_error is not null`
  const open = [...stripe.payouts.values()].filter(({ settle }) => settle !== undefined).length
  return [
    ...rows.map(({ what }) => what),
    ...(mail.length > 0 ? ['mail'] : []),
    ...(open > 0 ? [`${open} payouts`] : []),
  ].join('; ')
}
