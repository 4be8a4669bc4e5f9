import { AsyncLocalStorage } from 'node:async_hooks'
import type { Random } from '#sim/random.ts'

// What a computer does to a program: it runs several at once, stops some for a while, and loses power under others. The code of
// lib/ runs here as it is. Each of its calls to the outside (a transaction, a question to a node or to Stripe) passes `call`,
// which are the only places where its awaits can be told apart from outside.

/** What befalls a process at its call number `at`, before the other side has heard it or after it has answered. */
export type Fault = { kind: 'kill' | 'freeze' | 'lose'; at: number; when: 'before' | 'after' }

export type Process = {
  name: string
  state: 'running' | 'frozen' | 'dead' | 'done'
  /** How many calls it has made. */
  calls: number
  fault: Fault | undefined
  value?: unknown
  error?: unknown
}

export type Machine = {
  /** Starts a program. It stands still at its first call, until `run` lets it go on. */
  start: (name: string, work: () => Promise<unknown>, fault?: Fault) => Process
  /** Lets the processes go on, one call at a time, in an order that the seed decides, until each has ended or stands still. */
  run: (...processes: Process[]) => Promise<void>
  kill: (process: Process) => void
  thaw: (process: Process) => void
  frozen: () => Process[]
  /** How many faults there were of each kind. */
  faults: Record<Fault['kind'], number>
  /**
   * A call to the outside by whichever process makes it. `lost` makes the error by which a living process learns that the
   * answer will not come. Outside of any process it is made at once. A call that several processes wait for (`shared`) fails for
   * them where its maker is killed, and is never frozen: these processes live in one, whose memory outlives each of them.
   */
  call: <Result>(
    name: string,
    make: () => Promise<Result>,
    lost: (fault: Fault) => Error,
    shared?: boolean,
  ) => Promise<Result>
}

type Waiting = { process: Process; go: () => Promise<void> }

const current = new AsyncLocalStorage<Process>()

/** The simulated process in which the code that asks runs. */
export const currentProcess = (): Process | undefined => current.getStore()

let thinking = 0

/** What threads of ours compute for a process, as Web Crypto does: nobody else goes on meanwhile, so that its pace decides nothing. */
export async function think<Result>(work: Promise<Result>): Promise<Result> {
  thinking += 1
  try {
    return await work
  } finally {
    thinking -= 1
  }
}

/** How long real time may pass until a process that waits for none of its calls counts as hanging. */
const patienceMs = 20_000

export function createMachine({ random, tell }: { random: Random; tell: (line: string) => void }): Machine {
  const waiting: Waiting[] = []
  const stopped = new Set<Process>()
  const faults = { kill: 0, freeze: 0, lose: 0 }

  const stop = (process: Process, state: 'frozen' | 'dead'): void => {
    process.state = state
    process.fault = undefined
    if (state === 'frozen') stopped.add(process)
  }

  /** Waits, without being let through, for as long as the process is frozen, and for ever once it is dead. */
  const pass = (process: Process, go: () => Promise<void>): void => void waiting.push({ process, go })

  const call: Machine['call'] = (name, make, lost, shared = false) => {
    const process = current.getStore()
    if (!process) return make()
    return new Promise((resolve, reject) => {
      const go = async (): Promise<void> => {
        process.calls += 1
        const fault = process.fault?.at === process.calls ? process.fault : undefined
        if (fault) tell(`${process.name}: ${fault.kind} ${fault.when} call ${fault.at}, ${name}`)
        if (fault) faults[fault.kind] += 1
        if (fault?.when === 'before') {
          process.fault = undefined
          if (shared && fault.kind === 'kill') stop(process, 'dead')
          if (shared || fault.kind === 'lose') return reject(lost(fault))
          stop(process, fault.kind === 'kill' ? 'dead' : 'frozen')
          if (fault.kind === 'kill') return
          return pass(process, () => settle(undefined))
        }
        await settle(fault)
      }
      const settle = async (fault: Fault | undefined): Promise<void> => {
        const answer = await make().then(
          (value) => () => resolve(value),
          (error: unknown) => () => reject(error),
        )
        if (!fault) return answer()
        process.fault = undefined
        if (shared && fault.kind === 'kill') stop(process, 'dead')
        if (shared || fault.kind === 'lose') return reject(lost(fault))
        stop(process, fault.kind === 'kill' ? 'dead' : 'frozen')
        if (fault.kind === 'freeze') pass(process, async () => answer())
      }
      pass(process, go)
    })
  }

  const run: Machine['run'] = async (...processes) => {
    let idleSince = performance.now()
    for (;;) {
      await quiet()
      const ready = waiting.filter(({ process }) => process.state === 'running' && processes.includes(process))
      if (ready.length > 0) {
        idleSince = performance.now()
        const able = [...new Set(ready.map(({ process }) => process))]
        const chosen = able.length === 1 ? able[0] : random.pick(able)
        const next = ready.find(({ process }) => process === chosen)
        if (!next) throw new Error('A process that is ready has nothing to do.')
        waiting.splice(waiting.indexOf(next), 1)
        await next.go()
      } else if (processes.every(({ state }) => state !== 'running')) return
      else if (performance.now() - idleSince > patienceMs) {
        const hung = processes.filter(({ state }) => state === 'running').map(({ name }) => name)
        throw new Error(`${hung.join(', ')} waits for something that never comes.`)
      }
    }
  }

  return {
    call,
    run,
    faults,
    frozen: () => [...stopped],
    start: (name, work, fault) => {
      const process: Process = { name, state: 'running', calls: 0, fault }
      const end = (outcome: Pick<Process, 'value' | 'error'>): void => {
        if (process.state !== 'dead') Object.assign(process, outcome, { state: 'done' })
      }
      void current.run(process, () =>
        work().then(
          (value) => end({ value }),
          (error: unknown) => end({ error }),
        ),
      )
      return process
    },
    kill: (process) => {
      stop(process, 'dead')
      stopped.delete(process)
    },
    thaw: (process) => {
      process.state = 'running'
      stopped.delete(process)
    },
  }
}

/** Lets everything happen that needs nothing from outside. */
async function quiet(): Promise<void> {
  for (let turn = 0; turn < 3 || thinking > 0; turn = thinking > 0 ? 0 : turn + 1)
    await new Promise((resolve) => setImmediate(resolve))
}
