// The words that policies are written in, as parts of patterns. Text is in small letters with single spaces when it gets here.

const scale = { k: 1000n, thousand: 1000n, million: 1_000_000n } as const

const numbers = 'one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|fifty|a hundred|one hundred'
const values: Record<string, number> = {
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  twelve: 12,
  twenty: 20,
  fifty: 50,
  'a hundred': 100,
  'one hundred': 100,
}

/** A pattern that has to fit the whole of a text. Names in angle brackets, other than those of groups, are the patterns below. */
export function whole(pattern: string): RegExp {
  const filled = pattern.replaceAll(/(?<!\(\?)<(\w+)>/g, (_, name: string) => `(?:${parts[name] ?? ''})`)
  return new RegExp(`^(?:${filled})$`, 'u')
}

const parts: Record<string, string> = {
  // Who is spoken of, and what adds nothing. Nothing here denies.
  lead: `(?:(?:please|also|then|always|i|you|it|he|she|they|we|my|the|this|that|agent|agents|want|would|like|can|may|must|should|will|shall|to|let|allow|allows|allowed|is|are|be|only|spend|spends|spending|pay|pays|send|sends|transfer|transfers|use) )*`,
  most: `at most|no more than|not more than|up to|(?:a )?max(?:imum)?(?: of)?|(?:a )?limit(?:ed)?(?: spending| payments| it)?(?: to| of)?|less than or equal to|within|under`,
  never: `never|don't|do not|cannot|can't|can not|may not|must not|mustn't|should not|shouldn't|not|no`,
  each: `(?:a|an|per|each|every|in a|in an|in one|in any|in a single|for each|for every|/)`,
  spend: `spend|pay|send|transfer|spending|paying|sending`,
  payment: `payments?|transactions?|transfers?|txs?|purchases?`,
  anything: `anything|everything|any (?:payment|amount|transaction|transfer)|all payments|(?:any )?(?:payments|transactions|transfers|amounts|purchases)|(?:a|each|every) (?:payment|transaction|transfer)|whatever is`,
  above: `above|over|from|more than|greater than|larger than|exceeding|beyond|of at least|at least|starting at|bigger than|higher than|(?:of|for) more than|(?:of|for) over`,
  below: `below|under|up to|less than|smaller than|of at most|at most`,
  ask: `ask(?:s)?(?: me| us| a person| first| for (?:my )?(?:approval|permission))*|check with me|(?:require|requires|need|needs|get)(?: my| our)?(?: manual| human)? (?:approval|permission|confirmation)(?: from me)?|notify me for approval`,
  someoneNew: `(?:(?:a |any )?new (?:recipients?|payees?|people|person|addresses|address|contacts?|merchants?|vendors?)|(?:some|any)(?:one|body) new|(?:a |any )?(?:unknown|first[- ]time) (?:recipients?|payees?|address(?:es)?|people)|(?:a|the) first payment(?:s)? to (?:a new |a |any )?(?:recipient|payee|person|address|somebody|someone|anyone|anybody)(?: new)?|first payments?(?: to (?:a |any )?(?:new )?(?:recipients?|payees?|people|somebody|someone))?)`,
  money: String.raw`\$ ?\d[\d,]*(?:\.\d+)?(?:k| thousand| million)?(?: (?:usdc?|musd|dollars?))?|\d[\d,]*(?:\.\d+)?(?:k| thousand| million)? ?(?:usdc?|musd|dollars?|bucks)`,
  number: String.raw`\d{1,6}|${numbers}`,
  time: String.raw`(?:[01]?\d|2[0-4])(?:[:.][0-5]\d)? ?(?:am|pm)?|noon|midnight`,
  zone: `[a-z]+(?:/[a-z_-]+){1,2}|utc|gmt`,
}

/** An amount in words as the decimal text of the API, or null where it is none: thousands are set apart by commas in threes. */
export function dollarsOf(text: string): string | null {
  const match =
    /^\$? ?(\d{1,3}(?:,\d{3})+|\d{1,12})(\.\d{1,6})?(k| thousand| million)?(?: ?(?:usdc?|musd|dollars?|bucks))?$/.exec(
      text,
    )
  if (!match) return null
  const [, integer = '', fraction = '', word = ''] = match
  const times = scale[word.trim() as keyof typeof scale] ?? 1n
  // Exact: six decimals of a dollar, as the guards count.
  const micros = BigInt(integer.replaceAll(',', '') + fraction.slice(1).padEnd(6, '0')) * times
  const [whole, rest] = [micros / 1_000_000n, String(micros % 1_000_000n).padStart(6, '0')]
  return whole > 999_999_999_999n ? null : `${whole}.${rest.slice(0, 2)}${rest.slice(2).replace(/0+$/, '')}`
}

/** A count in digits or words. */
export function countOf(text: string): number {
  return values[text] ?? Number(text)
}

/** A time of the day as `09:00`, or null; noon and midnight too. Midnight is an end when `ending`. */
export function timeOf(text: string, ending: boolean): string | null {
  const midnight = ending ? '24:00' : '00:00'
  if (text === 'noon') return '12:00'
  if (text === 'midnight') return midnight
  const match = /^(\d{1,2})(?:[:.](\d\d))? ?(am|pm)?$/.exec(text)
  if (!match) return null
  const [, hourText = '', minutes = '00', half] = match
  let hour = Number(hourText)
  if (half && (hour < 1 || hour > 12)) return null
  if (half) hour = (hour % 12) + (half === 'pm' ? 12 : 0)
  if (hour > 24 || (hour === 24 && minutes !== '00')) return null
  if (hour === 24 || (hour === 0 && half && ending)) return midnight
  return `${String(hour).padStart(2, '0')}:${minutes}`
}

const dayNames = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']

/** Days in words as their numbers from 1, Monday; null where they are none. */
export function daysOf(text: string): number[] | null {
  const plain = text.replace(/^(?:on|only on|every) /, '')
  if (/^(?:weekdays|workdays|working days|business days|weekday)$/.test(plain)) return [1, 2, 3, 4, 5]
  if (/^(?:weekends|the weekend|weekend)$/.test(plain)) return [6, 7]
  if (/^(?:every day|daily|all days)$/.test(text)) return [1, 2, 3, 4, 5, 6, 7]
  const stretch = /^(?:from )?([a-z]+) ?(?:to|through|until|-|–) ?([a-z]+)$/.exec(plain)
  if (stretch) {
    const [from, to] = [dayOf(stretch[1]), dayOf(stretch[2])]
    if (!from || !to) return null
    return Array.from({ length: ((to - from + 7) % 7) + 1 }, (_, n) => ((from - 1 + n) % 7) + 1).sort((a, b) => a - b)
  }
  const each = plain.split(/, and |, | and /).map(dayOf)
  return each.every((day) => day !== null) ? [...new Set(each)].sort((a, b) => a - b) : null
}

function dayOf(word: string | undefined): number | null {
  const match = /^(mon|tue|wed|thu|fri|sat|sun)(?:s|sday|nesday|rsday|urs|rs|urday|day|es)?s?$/.exec(word ?? '')
  return match ? dayNames.indexOf(match[1] ?? '') + 1 : null
}
