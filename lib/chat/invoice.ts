import type { Asset } from '#lib/money/assets.ts'

type Contact = { name: string; address: string }

/** What an invoice says of itself. It is what somebody wrote who wants to be paid, and nothing more. */
export type Invoice = {
  /** Whom it names to be paid: addresses, handles, saved contacts; each once. */
  recipients: string[]
  /** What it asks for. Several when it does not say which of them is the total. */
  amounts: { amount: string; asset: Asset }[]
  /** Its number or first line, as the purpose of a payment. */
  about: string
  /** Saved contacts that it names and does not pay at their saved address. */
  impersonated: string[]
}

const figure = String.raw`(\d{1,3}(?:,\d{3})+(?:\.\d{1,6})?|\d+(?:\.\d{1,6})?)(?![\d,.]*\d)`
const money = new RegExp(
  String.raw`(?:(\$|US\$|USDC|MUSD|USD) ?${figure}(?: ?(USDC|MUSD|USD)\b)?|(?<![\w.,$])${figure} ?(USDC|MUSD|USD|dollars)\b)`,
  'giu',
)
const totals = [
  /\b(?:total due|amount due|balance due|grand total|total payable|amount payable|total to pay)\b/i,
  /\btotal\b/i,
]

/** Reads an invoice that was pasted as text. Nothing is guessed: what is said twice in two ways is said twice here. */
export function readInvoice(text: string, contacts: readonly Contact[]): Invoice {
  const lines = text.split(/\r?\n/)
  const addresses = unique([...text.matchAll(/\b0x[0-9a-f]{40}\b/gi)].map(([address]) => address.toLowerCase()))
  const handles = unique(
    [...text.matchAll(/(?<![\w.@])@([a-z][a-z0-9_]{2,19})\b(?!\.)/gi)].map(([handle]) => handle.toLowerCase()),
  )
  const named = contacts.filter(({ name }) => mentions(text, name))
  const byAddress = named.filter(({ address }) => addresses.includes(address.toLowerCase()))
  return {
    recipients: addresses.length > 0 ? addresses : handles.length > 0 ? handles : named.map(({ name }) => name),
    amounts: amountsOf(lines),
    about: aboutOf(lines),
    impersonated: addresses.length > 0 ? named.filter((each) => !byAddress.includes(each)).map(({ name }) => name) : [],
  }
}

/** The amounts of the lines that say what is due in all; failing those, of all lines. */
function amountsOf(lines: string[]): Invoice['amounts'] {
  const groups = [
    ...totals.map((total) => lines.filter((line) => total.test(line) && !/\bsub-?total\b/i.test(line))),
    lines,
  ]
  for (const group of groups) {
    const found = group.flatMap((line) => moneyIn(line))
    if (found.length > 0) return unique(found.map((each) => JSON.stringify(each))).map((each) => JSON.parse(each))
  }
  return []
}

function moneyIn(line: string): Invoice['amounts'] {
  return [...line.matchAll(money)].map(([, sign, first, behind, second, unit]) => ({
    amount: (first ?? second ?? '').replaceAll(',', ''),
    asset: [sign, behind, unit].some((each) => each?.toUpperCase() === 'MUSD') ? 'MUSD' : 'USDC',
  }))
}

function aboutOf(lines: string[]): string {
  const number = lines.flatMap(
    (line) => /\b(?:invoice|inv|bill)\b[ .:#-]*(?:no\.?|number)?[ .:#-]*([a-z0-9][\w/-]{0,30})/i.exec(line)?.[1] ?? [],
  )
  const numbered = number.find((each) => /\d/.test(each))
  const first = lines
    .find((line) => /\p{L}/u.test(line))
    ?.replace(/[^\p{L}\p{N}\p{P} ]/gu, '')
    .trim()
  return numbered ? `Invoice ${numbered}` : (first?.slice(0, 80) ?? 'A document')
}

/** Whether a text has a name in it, as a word of its own. */
export function mentions(text: string, name: string): boolean {
  const lower = text.toLowerCase()
  for (let at = lower.indexOf(name.toLowerCase()); at >= 0; at = lower.indexOf(name.toLowerCase(), at + 1)) {
    const around = [lower[at - 1], lower[at + name.length]]
    if (!around.some((letter) => letter !== undefined && /[\p{L}\p{N}_]/u.test(letter))) return true
  }
  return false
}

function unique<T>(items: T[]): T[] {
  return [...new Set(items)]
}
