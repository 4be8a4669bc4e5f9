import { mentions } from '#lib/chat/invoice.ts'
import type { Order } from '#lib/chat/orders.ts'
import { decimalsOf } from '#lib/intents/schema.ts'
import { parseAmount } from '#lib/money/amount.ts'
import type { Asset } from '#lib/money/assets.ts'

/** A payment as a language model would have it. */
export type Wanted = { recipient: string; amount: string; asset: Asset }

/** The place of the order that a wanted payment is, in recipient, asset and every digit of the amount; -1 when nobody ordered it. */
export function orderedPlace(wanted: Wanted, orders: readonly Order[]): number {
  return orders.findIndex(
    (order) =>
      order.asset === wanted.asset &&
      order.recipient.toLowerCase() === wanted.recipient.trim().toLowerCase() &&
      unitsOf(order) === unitsOf(wanted),
  )
}

/** Whether the recipient and the amount of a draft stand in texts of this conversation, word for word. */
export function standsIn(wanted: Wanted, texts: readonly string[]): boolean {
  const recipient = wanted.recipient.trim()
  const figures = texts.flatMap((text) =>
    [...text.matchAll(/\d[\d,]*(?:\.\d+)?/g)].map(([figure]) => figure.replaceAll(',', '')),
  )
  const units = unitsOf(wanted)
  return (
    recipient !== '' &&
    units !== undefined &&
    texts.some((text) => mentions(text, recipient)) &&
    figures.some((figure) => unitsOf({ amount: figure, asset: wanted.asset }) === units)
  )
}

/** An amount in base units; undefined for a text that is none. */
function unitsOf({ amount, asset }: { amount: string; asset: Asset }): bigint | undefined {
  try {
    return parseAmount(amount, decimalsOf(asset))
  } catch {
    return undefined
  }
}
