/**
 * A price for every moment, past and future, that looks like a random walk and yet is a function of the time: waves of
 * noise, each twice as slow as the one before and larger by the square root of two, as a walk's own would be. The same
 * seed gives the same history on every machine, without keeping any.
 */
export type Walk = {
  /** The middle around which it moves. */
  base: number
  /** The usual move of a day, as a part of the price. */
  dailyMove: number
  /** The slowest wave, in days. A short one returns to the middle soon, as a stablecoin does. */
  slowestDays: number
}

const dayMs = 86_400_000
const fastestMs = 300_000

/** The walk's value at a moment. */
export function valueAt(walk: Walk, seed: string, at: number): number {
  let log = 0
  for (let wave = 0, period = fastestMs; period <= walk.slowestDays * dayMs; wave += 1, period *= 2) {
    log += walk.dailyMove * Math.sqrt(period / dayMs) * 0.5 * noise(`${seed}/${wave}`, at / period)
  }
  return walk.base * Math.exp(log)
}

/** Between −1 and 1, smooth from one whole number to the next. */
function noise(seed: string, at: number): number {
  const index = Math.floor(at)
  const part = at - index
  const smooth = part * part * (3 - 2 * part)
  const left = hash(`${seed}/${index}`)
  return left + (hash(`${seed}/${index + 1}`) - left) * smooth
}

/** FNV-1a with a final mix, spread over −1 to 1. */
function hash(text: string): number {
  let state = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1) state = Math.imul(state ^ text.charCodeAt(index), 0x01000193)
  state = Math.imul(state ^ (state >>> 16), 0x85ebca6b)
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35)
  return ((state ^ (state >>> 16)) >>> 0) / 0x7fffffff - 1
}
