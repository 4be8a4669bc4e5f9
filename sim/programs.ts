import { Problem } from '#lib/http/problem.ts'
import { taskList } from '#lib/jobs/tasks.ts'
import type { Fault, Process } from '#sim/machine.ts'
import type { World } from '#sim/world.ts'

/** Perhaps a fault: a kill, a freeze or a lost answer at one of the first calls. */
export function someFault({ random, trouble }: World, probability: number): Fault | undefined {
  if (!trouble || !random.chance(probability)) return undefined
  const kind = random.pick(['kill', 'kill', 'freeze', 'lose', 'lose'] as const)
  const when = random.pick(['before', 'after'] as const)
  return { kind, when, at: 1 + (random.chance(0.6) ? random.below(6) : random.below(24)) }
}

/** A request to the app. An error is for whoever asked; only Problems, and what a broken connection leads to, may come out. */
export function request(world: World, name: string, work: () => Promise<void>, fault?: Fault): Process {
  const guarded = async (): Promise<void> => {
    try {
      await work()
    } catch (error) {
      const expected =
        error instanceof Problem || (error instanceof Error && error.message.includes('CONNECTION_CLOSED'))
      world.tell(`  ${name}: ${error instanceof Error ? error.message : String(error)}`)
      if (!expected) world.wrong.push(`${name} ended with ${error instanceof Error ? error.stack : String(error)}`)
    }
  }
  return world.machine.start(name, guarded, fault)
}

/** Takes a job and starts it as a worker's process. A long-lived worker gives its sign of life; one that drains after a request does not. */
export async function startJob(world: World, id: string, fault?: Fault): Promise<Process | undefined> {
  const { queue, machine, pools, random, tell } = world
  const pool = `pool-${world.seed}-${world.clock.now()}-${id}`
  const job = await queue.take(id, pool)
  if (!job) return undefined
  const task = taskList[job.task]
  if (!task) throw new Error(`There is no task ${job.task}.`)
  const lives = random.chance(0.8)
  if (lives) await queue.alive(pool)
  const name = `${job.task} ${job.id}`
  const process = machine.start(
    name,
    async () => {
      try {
        // Cast: what graphile-worker gives as helpers, no task of ours uses.
        await task(job.payload, {} as Parameters<typeof task>[1])
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error)
        tell(`  ${name} failed: ${message.split('\n')[0]}`)
        return await queue.fail(job, message)
      }
      await queue.complete(job)
    },
    fault,
  )
  if (lives) pools.set(process, pool)
  return process
}

/** Lets processes run, and lets those end that did not survive it. */
export async function run(world: World, ...processes: Process[]): Promise<void> {
  await world.machine.run(...processes)
  for (const process of processes) {
    const pool = world.pools.get(process)
    if (pool === undefined || process.state === 'frozen') continue
    world.pools.delete(process)
    await world.queue.gone(pool)
  }
}

export async function kill(world: World, process: Process): Promise<void> {
  world.machine.kill(process)
  await run(world, process)
}

/** One of the things that are done by the clock. */
export function cron(world: World, task: 'schedule_stalled_work' | 'reconcile', fault?: Fault): Process {
  const work = taskList[task]
  if (!work) throw new Error(`There is no task ${task}.`)
  return world.machine.start(
    task,
    async () => {
      // Cast: as above.
      await work({}, {} as Parameters<typeof work>[1])
    },
    fault,
  )
}
