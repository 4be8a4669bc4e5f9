/** What share of the prices to come lies in each band. */
export const shares = [0.8, 0.95] as const

/** Wider than a hundredfold says nothing. */
const widest = Math.log(100)

/** The errors of the past in units of the scale of their time, kept in order. */
export class PastErrors {
  readonly #hours: number
  #sorted: Float64Array
  #count: number

  /** Of forecasts of so many hours; those that are known already, in any order. */
  constructor(hours: number, errors: readonly number[] = []) {
    this.#hours = hours
    this.#sorted = Float64Array.from(errors).sort()
    this.#count = errors.length
  }

  get count(): number {
    return this.#count
  }

  add(error: number): void {
    if (this.#count === this.#sorted.length) {
      const larger = new Float64Array(Math.max(1024, this.#sorted.length * 2))
      larger.set(this.#sorted)
      this.#sorted = larger
    }
    let low = 0
    let high = this.#count
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#sorted[middle] ?? 0) < error) low = middle + 1
      else high = middle
    }
    this.#sorted.copyWithin(low + 1, low, this.#count)
    this.#sorted[low] = error
    this.#count += 1
  }

  /**
   * How far a price may come to lie from its forecast, in the scale of now, for a share of them to lie within: the quantile of the
   * past errors (split conformal prediction). Forecasts that overlap err together, so that the correction for few errors counts
   * only as many as do not.
   */
  reach(share: number, scale: number): number {
    const level = Math.min(1, share * (1 + this.#hours / (this.#count + this.#hours - 1)))
    const index = Math.max(0, Math.ceil(this.#count * level) - 1)
    return Math.min(widest, (this.#sorted[index] ?? 0) * scale)
  }
}
