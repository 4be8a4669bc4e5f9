import { adopt, askAgain, begin, look, pay } from '#sim/buyers.ts'
import { readRates } from '#sim/feed.ts'
import { post, repost } from '#sim/mail.ts'
import { forget, fund, loseJobs, moveBaseFee, moveNodes, remember, reorganise, useKeyByHand } from '#sim/mischief.ts'
import { replay, retry } from '#sim/operator.ts'
import { cron, kill, run, someFault, startJob } from '#sim/programs.ts'
import type { World } from '#sim/world.ts'

type Step = [weight: number, name: string, take: (world: World) => Promise<void>]

const steps: Step[] = [
  [9, 'somebody wants to buy', begin],
  [3, 'somebody asks again', askAgain],
  [9, 'somebody pays', pay],
  [3, 'somebody looks', look],
  [2, 'somebody adopts', adopt],
  [14, 'a webhook comes', post],
  [3, 'a webhook comes again', repost],
  [3, 'Stripe pays out', ({ stripe }) => stripe.payOut()],
  [16, 'blocks', mine],
  [24, 'jobs', workJobs],
  [6, 'workers race', race],
  [4, 'something that was frozen', wake],
  [2, 'an operator replays', replay],
  [2, 'an operator retries', retry],
  [4, 'a reorganisation', reorganise],
  [3, 'blocks that do not last', undo],
  [2, 'the base fee moves', moveBaseFee],
  [3, 'a transaction is forgotten', forget],
  [3, 'a transaction is remembered', remember],
  [3, 'the key is used by hand', useKeyByHand],
  [3, 'the treasury', fund],
  [2, 'nodes', moveNodes],
  [1, 'jobs are lost', loseJobs],
  [4, 'time passes', passTime],
  [1, 'the clocks differ', ({ clock, random }) => clock.skew(random.pick([0, 0, -90_000, -5000, 5000, 45_000]))],
]
const deck = steps.flatMap(([weight, name, take]) => Array.from({ length: weight }, () => ({ name, take })))

/** Takes the next step that the seed decides on. */
export async function step(world: World, number: number): Promise<void> {
  const { name, take } = world.random.pick(deck)
  world.tell(`#${number} ${name}`)
  await take(world)
  await tick(world, world.random.between(20, 3000))
}

async function mine({ random, chain, stripe }: World): Promise<void> {
  await chain.mine(random.between(1, 3))
  await stripe.notice()
}

/** A block comes, everybody looks at it, and it is taken back. */
async function undo(world: World): Promise<void> {
  const { chain, stripe, queue } = world
  await chain.mine(1)
  await stripe.notice()
  for (const id of await queue.due()) {
    const process = await startJob(world, id, someFault(world, 0.05))
    if (process) await run(world, process)
  }
  await reorganise(world)
}

/** Some workers' turns, each of which may take one job after the other. */
async function workJobs(world: World): Promise<void> {
  const due = await world.queue.due()
  for (let turn = world.random.between(1, 5); turn > 0 && due.length > 0; turn -= 1) {
    const [id] = due.splice(world.random.chance(0.5) ? 0 : world.random.below(due.length), 1)
    if (id === undefined) return
    const process = await startJob(world, id, someFault(world, 0.35))
    if (process) await run(world, process)
  }
}

/** Several jobs at once, call by call; and now and then the same job twice, as when its first worker was given up too early. */
async function race(world: World): Promise<void> {
  const { random, queue, sql } = world
  const due = await queue.due()
  const processes = []
  for (const id of due.slice(0, random.between(2, 4))) {
    const process = await startJob(world, id, someFault(world, 0.3))
    if (process) processes.push(process)
    if (!process || !random.chance(0.3)) continue
    await sql`update graphile_worker._private_jobs set locked_by = null, locked_at = null where id = ${id}`
    const again = await startJob(world, id)
    if (again) processes.push(again)
  }
  if (random.chance(0.2)) processes.push(cron(world, 'schedule_stalled_work'))
  await run(world, ...processes)
}

/** A process that stood still goes on, long after, or was dead all along. */
async function wake(world: World): Promise<void> {
  const { machine, random } = world
  const frozen = machine.frozen()
  if (frozen.length === 0) return
  const process = random.pick(frozen)
  if (random.chance(0.2)) return await kill(world, process)
  machine.thaw(process)
  await run(world, process)
}

async function passTime(world: World): Promise<void> {
  const { random, tell } = world
  const seconds = random.pick([10, 20, 45, 60, 60, 130, 130, 300, 900, 2000, random.chance(0.4) ? 25 * 3600 : 30])
  tell(`  ${seconds} seconds`)
  await tick(world, seconds * 1000)
}

/** Time passes, and what is done by the clock is done; or not, where no worker runs just then. */
export async function tick(world: World, ms: number): Promise<void> {
  const { clock, random } = world
  const before = Math.floor(clock.now() / 60_000)
  await clock.advance(ms)
  const now = Math.floor(clock.now() / 60_000)
  if (Math.floor(now / 10) !== Math.floor(before / 10)) await readRates(world)
  if (now === before || (world.trouble && random.chance(0.15))) return
  const programs = [cron(world, 'schedule_stalled_work', someFault(world, 0.1))]
  if (Math.floor(now / 5) !== Math.floor(before / 5)) programs.push(cron(world, 'reconcile', someFault(world, 0.2)))
  for (const program of programs) await run(world, program)
}
