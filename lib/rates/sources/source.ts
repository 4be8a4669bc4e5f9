import type { RateAsset, RateCurrency } from '#lib/rates/pairs.ts'

/** What a source says of a pair. The price is text, digit for digit as the source wrote it. */
export type Reading = {
  source: string
  asset: RateAsset
  currency: RateCurrency
  price: string
  /** When it held, by the source's own clock where it tells. */
  observedAt: Date
}

/** What stood where a price should, and is not one. */
export type Refused = { asset: RateAsset; currency: RateCurrency; why: string }

export type Answer = { readings: Reading[]; refused: Refused[] }

/** Somebody who is asked for prices. Throws SourceFailed. */
export type Source = { name: string; read: () => Promise<Answer> }

/** A source did not answer as it should. The message may be shown: it quotes nothing that the source said. */
export class SourceFailed extends Error {
  override name = 'SourceFailed'
  /** It asked to be left alone until then. */
  readonly retryAt: Date | undefined
  /** Whether asking again soon may help. */
  readonly passing: boolean

  constructor(message: string, { retryAt, passing = false }: { retryAt?: Date; passing?: boolean } = {}) {
    super(message)
    this.retryAt = retryAt
    this.passing = passing
  }
}
