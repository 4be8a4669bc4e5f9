import { countOf, daysOf, dollarsOf, timeOf, whole } from '#lib/guards/policy-words.ts'
import type { Guard } from '#lib/guards/schema.ts'

/** A contact that a policy may name. */
export type Named = { name: string; address: string }

type Parts = Record<string, string | undefined>
type Phrase = { form: RegExp; read: (parts: Parts, contacts: readonly Named[]) => Guard | null }

const periods: Record<string, 'minute' | 'hour' | 'day' | 'week' | 'month' | 'total'> = {
  minutely: 'minute',
  hourly: 'hour',
  daily: 'day',
  weekly: 'week',
  monthly: 'month',
  '60 minutes': 'hour',
  '24 hours': 'day',
  '7 days': 'week',
  '30 days': 'month',
  total: 'total',
}

/** A phrase is understood when the whole of it is: a word too many may be the one that turns its meaning round. */
export const phrases: Phrase[] = [
  // Budgets.
  {
    form: whole(
      '<lead>(?:<never> (?:<spend> )?(?:more than|over|above)|<most>)? ?(?<money><money>) ?(?:<each> ?(?<period>hour|day|week|month)|(?<often>hourly|daily|weekly|monthly))',
    ),
    read: budget,
  },
  {
    form: whole(
      '<lead>(?:<never> (?:<spend> )?(?:more than|over|above)|<most>)? ?(?<money><money>) (?:in|within|over) (?:any|every) (?<rolling>60 minutes|24 hours|7 days|30 days)',
    ),
    read: budget,
  },
  {
    form: whole(
      '<lead>(?:<never> (?:<spend> )?(?:more than|over|above)|<most>)? ?(?<money><money>) (?<total>in total|altogether|overall|in all|total)',
    ),
    read: budget,
  },
  {
    form: whole(
      '<lead>(?:set |have )?(?:a )?(?<often>hourly|daily|weekly|monthly|total) (?:budget|limit|cap|maximum|spending limit|spend limit|allowance)(?: is| of| to| at|:)? ?(?:<most>)? ?(?<money><money>)',
    ),
    read: budget,
  },
  {
    form: whole(
      '<lead>(?:a )?(?:budget|allowance|spending limit|limit|cap)(?: is| of| to| at|:)? ?(?<money><money>) ?(?:<each> ?(?<period>hour|day|week|month)|(?<often>hourly|daily|weekly|monthly))',
    ),
    read: budget,
  },
  // How many payments.
  {
    form: whole(
      '<lead>(?:make |makes )?(?:<never> (?:make |<spend> )?(?:more than|over)|<most>)? ?(?<number><number>) <payment> ?(?:<each> ?(?<period>minute|hour|day)|(?<often>hourly|daily))',
    ),
    read: rate,
  },
  // One payment.
  {
    form: whole(
      '<lead>(?:<never> (?:<spend> )?(?:more than|over|above)|<most>)? ?(?<max><money>) ?(?:<each> ?<payment>|at once|at a time|in one go|to anyone|to anybody)',
    ),
    read: singlePayment,
  },
  {
    form: whole(
      '<lead>(?:no (?:single )?<payment>|<never> (?:make |<spend> )?(?:any |a |single )*<payment>?) ?(?:may be |can be |should be |be )?(?:of )?(?:more than|over|above|larger than|bigger than|exceeding) (?<max><money>)',
    ),
    read: singlePayment,
  },
  {
    form: whole(
      '(?:block|refuse|deny|reject|forbid) (?:<anything> )?(?:of )?(?:more than|over|above|larger than|exceeding) (?<max><money>)',
    ),
    read: singlePayment,
  },
  { form: whole('<lead>(?:at least|a minimum of|minimum|min) (?<min><money>) <each> ?<payment>'), read: singlePayment },
  {
    form: whole('<lead>(?:between|from) (?<min><money>) (?:and|to) (?<max><money>) <each> ?<payment>'),
    read: singlePayment,
  },
  // When a person is asked.
  {
    form: whole(
      "<lead>(?:<ask>)(?: about| before| for| when| if)?(?: <spend>| making)?(?: it is| it's)? ?(?:<anything>)? ?(?:<above>) (?<money><money>)",
    ),
    read: approval,
  },
  {
    form: whole(
      '(?:<anything>) (?:<above>) (?<money><money>) (?:<lead>)?(?:needs?|requires?|has to have|have to have)(?: my| our)?(?: manual)? (?:approval|permission|confirmation|ok)',
    ),
    read: approval,
  },
  {
    form: whole(
      '(?:needs? |require )?(?:my |manual )?(?:approval|confirmation|permission)(?: is)?(?: needed| required| necessary)? (?:for )?(?:<anything> )?(?:<above>) (?<money><money>)',
    ),
    read: approval,
  },
  {
    form: whole(
      '<lead>(?:auto-?approve|automatically approve|approve)(?: automatically)? (?:<anything> )?(?:<below>) (?<money><money>)',
    ),
    read: approval,
  },
  {
    form: whole(
      '<lead>(?:<ask>)(?: before| for| about)? ?(?:every|each|any|all) ?(?:single )?(?:<payment>|time|one of them)|(?:every|each) <payment> (?:needs|requires)(?: my)? (?:approval|permission|confirmation)|(?:<lead>)<never> (?:<spend> )?(?:anything )?without (?:asking(?: me)?|my approval|my permission|my ok)',
    ),
    read: () => ({ type: 'approval', threshold: '0' }),
  },
  // Whom it pays.
  {
    form: whole(
      '(?:please |the agent |it |my agent )?(?:may |can |should |must )?(?:only (?:ever )?(?:pays?|sends?(?: money)?|transfers?)(?: to)?|(?:pays?|sends?(?: money)?|transfers?)(?: to)? only|allow(?: only)?(?: payments to)?|allow payments only to) (?<names>.+)',
    ),
    read: (parts, contacts) => recipients('allow', parts, contacts),
  },
  {
    form: whole(
      '(?:please |the agent |it |my agent )?(?:(?:<never>) (?:ever )?(?:pays?|sends?(?: money)?|transfers?)(?: to)?|block(?: payments to)?|refuse(?: payments to)?|deny(?: payments to)?) (?:to )?(?<names>.+)',
    ),
    read: (parts, contacts) => recipients('block', parts, contacts),
  },
  // Whom it has not paid before.
  {
    form: whole(
      '<lead>(?:<ask>)?(?: ?about| ?before| ?for| ?when)?(?: it is)? ?(?:<spend>(?: to)?|payments? to)? ?<someoneNew>',
    ),
    read: () => ({ type: 'new_recipient', action: 'ask' }),
  },
  {
    form: whole('<someoneNew> (?:needs?|requires?)(?: my)? (?:approval|permission|confirmation)'),
    read: () => ({ type: 'new_recipient', action: 'ask' }),
  },
  {
    form: whole(
      '<lead>(?:wait|waits|delay|delays|hold|holds|pause|pauses) (?<number><number>) (?<unit>minutes?|mins?|hours?) (?:before|for|on|with) (?:<spend>(?: to)? |payments? to )?<someoneNew>',
    ),
    read: wait,
  },
  {
    form: whole(
      '<lead>(?:delay|delays|hold|holds) (?:payments? to )?<someoneNew> (?:for|by) (?<number><number>) (?<unit>minutes?|mins?|hours?)',
    ),
    read: wait,
  },
  // The same again.
  {
    form: whole(
      '<lead>(?:<ask>)?(?: ?about| ?before| ?for| ?when| ?if)? ?(?:the same payment|a payment|payments?|a duplicate|duplicates?|duplicate payments?|a repeated payment|repeated payments?|an identical payment|identical payments?)(?: (?:is|are|comes?|happens?) ?(?:made )?(?:again|repeated|twice)| again| repeated| twice)? (?:within|in) (?<number><number>) (?<unit>minutes?|mins?|hours?)',
    ),
    read: duplicate,
  },
  // When it pays.
  {
    form: whole(
      '<lead>(?:<never> (?:<spend> )?(?:outside|except)(?: of)?|only)? ?(?:<spend> )?(?:only )?(?:on (?<before>[a-z -]+?) )?(?:between|from|outside|within)? ?(?<from><time>) ?(?:and|to|until|till|-|–) ?(?<to><time>)(?: ?,? ?(?:on )?(?<days>[a-z][a-z ,–-]*?))?(?: ?,? ?(?:in |by )?(?<zone><zone>)(?: time)?)?',
    ),
    read: hours,
  },
  {
    form: whole(
      '<lead>(?:only )?(?:<spend> )?(?:only )?(?:on )?(?<days>weekdays|workdays|working days|business days|weekends|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*(?:(?: ?(?:to|through|-|–) ?|, and |, | and )(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*)*)(?: only)?(?: ?,? ?(?:in |by )?(?<zone><zone>)(?: time)?)?',
    ),
    read: hours,
  },
  // Sanctions.
  {
    form: whole(
      '<lead>(?:(?:screen|check)(?: all| every| each)?(?: recipients?| payments?| payees?| addresses)?(?: against| for| on)?(?: the| a)? ?(?:ofac )?(?:sanctions?(?: lists?)?|sanctioned addresses)|(?:<never> (?:<spend> )?(?:to )?|block |refuse )(?:anyone |anybody |people |payments to )?(?:on (?:a |the )?sanctions lists?|sanctioned(?: addresses| people| parties| wallets)?))',
    ),
    read: () => ({ type: 'screening' }),
  },
]

function budget({ money = '', period, often, rolling, total }: Parts): Guard | null {
  const limit = dollarsOf(money.trim())
  const of = total ? 'total' : (periods[often ?? rolling ?? ''] ?? (period as 'day' | undefined))
  if (limit === null || of === undefined || of === 'minute') return null
  return { type: 'budget', period: of, limit, ...(rolling ? { window: 'rolling' as const } : {}) }
}

function rate({ number = '', period, often }: Parts): Guard | null {
  const limit = countOf(number)
  const of = often ? periods[often] : period
  return limit > 0 ? { type: 'rate', period: of as 'hour', limit } : null
}

function singlePayment(parts: Parts): Guard | null {
  const [min, max] = [parts.min, parts.max].map((text) => (text === undefined ? undefined : dollarsOf(text.trim())))
  if (min === null || max === null) return null
  return { type: 'single_payment', ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) }
}

/** Above an amount begins at that amount: at the very limit the person is asked rather than not. */
function approval({ money = '' }: Parts): Guard | null {
  const threshold = dollarsOf(money.trim())
  return threshold === null ? null : { type: 'approval', threshold }
}

/** Addresses, hosts and contacts. One name that is none of these makes the whole of it not understood. */
function recipients(mode: 'allow' | 'block', { names = '' }: Parts, contacts: readonly Named[]): Guard | null {
  const addresses: string[] = []
  const domains: string[] = []
  for (const name of names.split(/, (?:and |or )?| and | or /u)) {
    const contact = contacts.find((each) => each.name.toLowerCase() === name)
    if (contact) addresses.push(contact.address.toLowerCase())
    else if (/^0x[0-9a-f]{40}$/.test(name)) addresses.push(name)
    else if (/^([a-z0-9-]+\.)+[a-z]{2,}$/.test(name)) domains.push(name)
    else return null
  }
  return {
    type: 'recipients',
    mode,
    ...(addresses.length > 0 ? { addresses } : {}),
    ...(domains.length > 0 ? { domains } : {}),
  }
}

function minutesOf({ number = '', unit = '' }: Parts): number | null {
  const minutes = countOf(number) * (unit.startsWith('h') ? 60 : 1)
  return minutes > 0 && minutes <= 9999 ? minutes : null
}

function wait(parts: Parts): Guard | null {
  const waitMinutes = minutesOf(parts)
  return waitMinutes === null ? null : { type: 'new_recipient', action: 'wait', waitMinutes }
}

function duplicate(parts: Parts): Guard | null {
  const minutes = minutesOf(parts)
  return minutes === null ? null : { type: 'duplicate', minutes }
}

function hours({ from: begins, to: ends, before, days: after, zone }: Parts): Guard | null {
  const from = begins === undefined ? '00:00' : timeOf(begins.trim(), false)
  const to = ends === undefined ? '24:00' : timeOf(ends.trim(), true)
  const named = before ?? after
  const days = named === undefined ? undefined : daysOf(named.trim())
  if (from === null || to === null || from === to || days === null) return null
  const name = zone === undefined ? undefined : zoneOf(zone)
  if (name === null) return null
  return {
    type: 'hours',
    from,
    to,
    ...(days === undefined || days.length === 7 ? {} : { days }),
    ...(name === undefined ? {} : { zone: name }),
  }
}

/** A time zone as the tables spell it, whatever capitals it was typed in; null where there is none. */
function zoneOf(text: string): string | null {
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions()
    return timeZone
  } catch {
    return null
  }
}
