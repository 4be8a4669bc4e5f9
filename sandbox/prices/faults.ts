import { Hono } from 'hono'
import { z } from 'zod'
import type { NodeEnvironment } from '#sandbox/http/serve.ts'
import { isCoin } from '#sandbox/prices/coins.ts'

export const priceSources = ['coingecko', 'coinbase'] as const
export type PriceSource = (typeof priceSources)[number]

const garbageKinds = ['html', 'broken', 'missing', 'null', 'text', 'zero', 'negative'] as const
export type Garbage = (typeof garbageKinds)[number]

const moment = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text))

const FaultInput = z.strictObject({
  /** Whose answers are at fault. Left out: everybody's. */
  source: z.enum(priceSources).optional(),
  /** Prices stand still: true as of now, a number as they were so many minutes ago. */
  stale: z.union([z.boolean(), z.number().int().min(1).max(525_600)]).optional(),
  /** The current price of one coin, by CoinGecko's id, times a factor. */
  spike: z.strictObject({ coin: z.string().refine(isCoin, 'is no coin'), factor: z.number().positive() }).nullish(),
  /** Its history has nothing from one moment to the other. */
  gap: z.strictObject({ from: moment, to: moment }).nullish(),
  /** Answers 200 with what is no price. */
  garbage: z.enum(garbageKinds).nullish(),
  /** How many answers each fault given here applies to. Left out: all, until it is taken away. */
  times: z.number().int().min(1).optional(),
})

/** What is wrong with one answer. */
export type PriceFaults = {
  /** The moment at which the source stands still. */
  stale?: number | undefined
  spike?: { coin: string; factor: number } | undefined
  gap?: { from: number; to: number } | undefined
  garbage?: Garbage | undefined
}

type Kept = { [K in keyof PriceFaults]?: { value: PriceFaults[K]; left: number | null } }

export type PriceFaultBox = {
  /** The faults of the answer that is about to be given, which are used up by it. */
  take: (source: PriceSource) => PriceFaults
  /** GET, POST and DELETE of the faults. */
  routes: Hono<NodeEnvironment>
}

/** What may be wrong with prices, beyond what may be wrong with any API. It does not outlive the process. */
export function createPriceFaults(now: () => number): PriceFaultBox {
  let faults: Record<PriceSource, Kept> = { coingecko: {}, coinbase: {} }

  const routes = new Hono<NodeEnvironment>()
  routes.get('/', (c) => c.json({ faults }))
  routes.delete('/', (c) => {
    faults = { coingecko: {}, coinbase: {} }
    return c.json({ faults })
  })
  routes.post('/', async (c) => {
    const input = FaultInput.safeParse(await c.req.json().catch(() => undefined))
    if (!input.success) return c.json({ error: { message: z.prettifyError(input.error) } }, 400)
    for (const source of input.data.source ? [input.data.source] : priceSources)
      faults[source] = withInput(faults[source], input.data, now())
    return c.json({ faults })
  })

  const take = (source: PriceSource): PriceFaults => {
    const use = <K extends keyof PriceFaults>(kind: K): PriceFaults[K] => {
      const kept = faults[source][kind]
      if (kept?.left != null) {
        kept.left -= 1
        if (kept.left <= 0) delete faults[source][kind]
      }
      return kept?.value
    }
    return { stale: use('stale'), spike: use('spike'), gap: use('gap'), garbage: use('garbage') }
  }
  return { take, routes }
}

/** A fault given again replaces the old one; false or null takes it away; what is not given stays. */
function withInput(current: Kept, input: z.infer<typeof FaultInput>, now: number): Kept {
  const { stale, spike, gap, garbage, times } = input
  const left = times ?? null
  const next = { ...current }
  if (stale !== undefined) delete next.stale
  if (stale) next.stale = { value: now - (stale === true ? 0 : stale * 60_000), left }
  if (spike !== undefined) delete next.spike
  if (spike) next.spike = { value: spike, left }
  if (gap !== undefined) delete next.gap
  if (gap) next.gap = { value: gap, left }
  if (garbage !== undefined) delete next.garbage
  if (garbage) next.garbage = { value: garbage, left }
  return next
}

/** What stands where a price should. `missing` has no place at all. */
export function spoiled(price: number, garbage: Garbage | undefined): unknown {
  if (garbage === 'null') return null
  if (garbage === 'text') return 'n/a'
  if (garbage === 'zero') return 0
  return garbage === 'negative' ? -price : price
}

/** The whole answer, where it is not even JSON of the right form. */
export function spoiledAnswer(garbage: Garbage | undefined): Response | undefined {
  if (garbage === 'broken')
    return new Response('{"bitcoin":{"usd":', { headers: { 'content-type': 'application/json' } })
  if (garbage !== 'html') return undefined
  return new Response('<!DOCTYPE html><html><title>Just a moment…</title></html>', {
    headers: { 'content-type': 'text/html; charset=utf-8' },
  })
}
