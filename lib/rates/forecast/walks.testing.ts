/** The same numbers each time, between 0 and 1. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

function bell(random: () => number): () => number {
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

/** Every move is a surprise: the last price is the best that can be said. Calm and storm follow each other, as they do. */
export function wandering(seed: number, hours: number): number[] {
  const normal = bell(seeded(seed))
  let [log, variance, move] = [Math.log(60_000), 3e-5, 0]
  return Array.from({ length: hours }, () => {
    variance = 2e-7 + 0.06 * move * move + 0.93 * variance
    move = Math.sqrt(variance) * normal()
    log += move
    return Math.exp(log)
  })
}

/** It is always drawn back to the same price, as a stablecoin is: a tenth of the way each hour. */
export function drawnBack(seed: number, hours: number): number[] {
  const normal = bell(seeded(seed))
  let distance = 0
  return Array.from({ length: hours }, () => {
    distance = 0.9 * distance + 0.0004 * normal()
    return Math.exp(distance)
  })
}

/** Whoever goes on as it went is right for some hours. */
export function trending(seed: number, hours: number): number[] {
  const normal = bell(seeded(seed))
  let [log, drift] = [Math.log(3000), 0]
  return Array.from({ length: hours }, () => {
    drift = 0.98 * drift + 0.0003 * normal()
    log += drift + 0.003 * normal()
    return Math.exp(log)
  })
}
