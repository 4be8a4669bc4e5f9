import type { Asset } from '#lib/money/assets.ts'

/** An amount as it was written, and the asset that was meant by it. */
export type Money = { amount: string; asset: Asset }

/** Why something that looks like an amount is none that can be paid. */
export type MoneyFault = 'comma' | 'currency' | 'malformed' | 'negative' | 'shortened'

type Read = { length: number; money: Money } | { length: number; fault: MoneyFault }

const assets: Record<string, Asset> = {
  usdc: 'USDC',
  usd: 'USDC',
  dollar: 'USDC',
  dollars: 'USDC',
  buck: 'USDC',
  bucks: 'USDC',
  musd: 'MUSD',
}

const money = /^(?<sign>\$ ?)?(?<digits>\d[\d.,]*)(?: ?(?<unit>\p{L}+|[€£¥₿%]))?(?=$|[\s,;.!?])/iu
const foreign = /^(?:[€£¥₿]|(?:eur|gbp|chf|jpy|btc|eth|cad|aud) ?)\s?\d[\d.,]*/i

/**
 * Reads an amount at the beginning of a text: `$10`, `10.50 USDC`, `10 dollars`, `10`. Undefined when there is none there.
 * There is one spelling of a number, as lib/money/amount.ts has it: a comma, an exponent or a "k" is a question, never a guess.
 */
export function readMoney(text: string): Read | undefined {
  if (/^0x/i.test(text)) return undefined
  const negative = /^(?:-\s?\$?|\$\s?-)\s?\d[\d.]*/.exec(text)
  if (negative) return { length: negative[0].length, fault: 'negative' }
  const other = foreign.exec(text)
  if (other) return { length: other[0].length, fault: 'currency' }
  const match = money.exec(text)
  const digits = match?.groups?.digits?.replace(/[.,]+$/, '')
  if (!match?.groups || !digits) {
    const unread = /^\$? ?\.?\d[\w.,]*/.exec(text)
    return unread ? { length: unread[0].length, fault: 'malformed' } : undefined
  }
  const { sign, unit } = match.groups
  const asset = unit === undefined ? 'USDC' : assets[unit.toLowerCase()]
  // A word behind a plain number need not be its unit: "pay 10 to Merchant".
  const plain = `${sign ?? ''}${digits}`.length
  const length = unit !== undefined && asset ? match[0].length : plain
  if (digits.includes(',')) return { length, fault: 'comma' }
  if (!/^(0|[1-9]\d*)(\.\d+)?$/.test(digits)) return { length, fault: 'malformed' }
  if (unit !== undefined && /^[kmb]$/i.test(unit)) return { length: match[0].length, fault: 'shortened' }
  if (
    unit !== undefined &&
    /^([€£¥₿%]|eur|euros?|gbp|pounds?|chf|yen|jpy|btc|eth|ether|sats?|cents?|percent)$/i.test(unit)
  ) {
    return { length: match[0].length, fault: 'currency' }
  }
  return { length, money: { amount: digits, asset: asset ?? 'USDC' } }
}

/** What is wrong with an amount, and how to write it. */
export const moneyFaults: Record<MoneyFault, string> = {
  comma:
    'I do not guess what a comma in an amount means. Write it with digits and at most one point, such as 1000 or 1.50.',
  currency: 'I pay in USDC or MUSD. Say how many dollars it is, such as $10.',
  malformed: 'I cannot read that amount. Write it with digits and at most one point, such as 10 or 10.50.',
  negative: 'An amount is more than nothing. To ask somebody for money, make a payment link.',
  shortened: 'Write the amount in full, such as 10000 and not 10k.',
}
