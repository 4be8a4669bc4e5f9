import { z } from 'zod'
import { rateAssetCodes, rateCurrencyCodes } from '#lib/rates/pairs.ts'

/** A message as it came: bytes, from a place in a topic. */
export type StreamMessage = {
  topic: string
  partition: number
  offset: bigint
  key: Buffer | undefined
  value: Buffer | undefined
}

const at = z.iso.datetime({ offset: true })

/** What stands in a message of `ticks`. Its price is a text, and stays one. */
const StreamedTick = z.object({
  base: z.enum(rateAssetCodes),
  quote: z.enum(rateCurrencyCodes),
  at,
  price: z.string().regex(/^\d{1,15}(\.\d{1,24})?$/),
  spreadBasisPoints: z.int().min(0),
  sources: z.array(z.string().min(1)).min(1),
  observedAt: at,
  origin: z.enum(['feed', 'history']),
})

/** Where a message came from, and what it said, as it is kept if it cannot be used. */
type Letter = { topic: string; partition: number; position: string; key: string | null; value: string | null }
export type ReadTick = { tick: Letter & z.infer<typeof StreamedTick> } | { unreadable: Letter & { reason: string } }

/** Reads a price out of a message, or says why there is none in it. */
export function readTick({ topic, partition, offset, key, value }: StreamMessage): ReadTick {
  const letter = { topic, partition, position: String(offset), key: textOf(key), value: textOf(value) }
  const parsed = StreamedTick.safeParse(jsonOf(value))
  if (parsed.success) return { tick: { ...letter, ...parsed.data } }
  const [issue] = parsed.error.issues
  return { unreadable: { ...letter, reason: `${issue?.path.join('.') || 'message'}: ${issue?.message}` } }
}

function jsonOf(value: Buffer | undefined): unknown {
  try {
    return JSON.parse(value?.toString() ?? '')
  } catch {
    return undefined
  }
}

/** Bytes as a text that Postgres can hold: what is no UTF-8, or has a zero in it, as base64. */
function textOf(bytes: Buffer | undefined): string | null {
  if (bytes === undefined) return null
  const text = bytes.toString()
  return Buffer.from(text).equals(bytes) && !text.includes('\0') ? text : `base64:${bytes.toString('base64')}`
}
