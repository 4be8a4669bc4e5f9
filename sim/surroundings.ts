import crypto from 'node:crypto'
import { syncBuiltinESMExports } from 'node:module'
import { currentProcess, think } from '#sim/machine.ts'
import type { Random } from '#sim/random.ts'

type Surroundings = {
  now: () => number
  random: Random
  fetch: typeof globalThis.fetch
  hear: (line: string) => void
}

const RealDate = Date

/** What the app asks of Web Crypto, which computes in threads. */
const asked = ['importKey', 'sign', 'verify'] as const

/**
 * Puts this whole process under the run's control: its clock, its randomness, its network and what it logs. Waits inside of a
 * simulated process cost no real time, and time-outs never come by themselves: the run decides which answers are lost. Returns
 * what puts everything back.
 */
export function takeOver({ now, random, fetch, hear }: Surroundings): () => void {
  const kept = {
    Date: globalThis.Date,
    fetch: globalThis.fetch,
    setTimeout: globalThis.setTimeout,
    console: { log: console.log, warn: console.warn, error: console.error },
    randomBytes: crypto.randomBytes,
    randomUUID: crypto.randomUUID,
  }

  class SimulatedDate extends RealDate {
    constructor(...args: [] | [value: number | string | Date]) {
      if (args.length === 0) super(now())
      else super(...args)
    }
    static override now(): number {
      return now()
    }
  }
  // Casts: each takes the place of the original, whose other forms nobody here uses.
  globalThis.Date = SimulatedDate as unknown as DateConstructor
  globalThis.fetch = fetch
  globalThis.setTimeout = ((work: () => void, ms = 0, ...rest: unknown[]) => {
    if (!currentProcess()) return kept.setTimeout(work, ms, ...rest)
    return ms < 1000 ? kept.setTimeout(work, 0, ...rest) : kept.setTimeout(() => {}, 2 ** 31 - 1).unref()
  }) as typeof setTimeout
  Object.assign(console, { log: hear, warn: hear, error: hear })
  // By their length, so that what the database's driver draws for a new connection (18), whenever it makes one, disturbs nobody else.
  const sources = new Map<number, Random>()
  const bytes = (count: number): Buffer => {
    const source = sources.get(count) ?? random.fork(String(count))
    sources.set(count, source)
    return source.bytes(count)
  }
  crypto.randomBytes = ((count: number) => bytes(count)) as typeof crypto.randomBytes
  crypto.randomUUID = () => {
    const hex = bytes(16).toString('hex')
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`
  }
  syncBuiltinESMExports()
  const { subtle } = globalThis.crypto
  for (const name of asked) {
    const real = subtle[name].bind(subtle) as (...args: unknown[]) => Promise<unknown>
    Object.defineProperty(subtle, name, { configurable: true, value: (...args: unknown[]) => think(real(...args)) })
  }

  return () => {
    Object.assign(globalThis, { Date: kept.Date, fetch: kept.fetch, setTimeout: kept.setTimeout })
    Object.assign(console, kept.console)
    Object.assign(crypto, { randomBytes: kept.randomBytes, randomUUID: kept.randomUUID })
    syncBuiltinESMExports()
    for (const name of asked) Reflect.deleteProperty(subtle, name)
  }
}
