import type { Guard } from '#lib/guards/schema.ts'

/** A rule as it is being edited: a guard that may still lack something, under an id that stays while it is typed into. */
export type Rule = { id: number; guard: Guard }

export const types = [
  'budget',
  'single_payment',
  'approval',
  'rate',
  'recipients',
  'new_recipient',
  'duplicate',
  'hours',
  'screening',
] as const satisfies Guard['type'][]

/** What each type is called where one is chosen. */
export const typeNames: Record<Guard['type'], string> = {
  budget: 'Budget',
  single_payment: 'Single payment',
  approval: 'Approval',
  rate: 'Rate',
  recipients: 'Recipients',
  new_recipient: 'New recipient',
  duplicate: 'Duplicate',
  hours: 'Hours',
  screening: 'Screening',
}

/** What each type does at its very limit, in a line. */
export const typeHints: Record<Guard['type'], string> = {
  budget: 'What is spent, what is held and the payment together; exactly the limit passes.',
  single_payment: 'Both ends pass.',
  approval: 'Exactly this amount asks too. You have 24 hours to answer.',
  rate: 'By the UTC minute, hour or day. Payments that failed do not count.',
  recipients: 'Whole addresses are compared. A domain is that of a saved contact, with all hosts below it.',
  new_recipient: 'Somebody is known once a payment to them has arrived.',
  duplicate: 'The same recipient, asset and amount.',
  hours: 'The last minute is not part of it.',
  screening: 'While no list is loaded, it asks you instead.',
}

/** A rule of that type to begin with. */
export function begin(type: Guard['type'], zone: string): Guard {
  switch (type) {
    case 'budget':
      return { type, period: 'day', limit: '100.00' }
    case 'single_payment':
      return { type, max: '25.00' }
    case 'approval':
      return { type, threshold: '10.00' }
    case 'rate':
      return { type, period: 'hour', limit: 10 }
    case 'recipients':
      return { type, mode: 'allow', addresses: [] }
    case 'new_recipient':
      return { type, action: 'ask' }
    case 'duplicate':
      return { type, minutes: 10 }
    case 'hours':
      return { type, from: '09:00', to: '17:00', days: [1, 2, 3, 4, 5], zone }
    case 'screening':
      return { type }
  }
}

const dollars = /^(0|[1-9]\d{0,11})(\.\d{1,6})?$/
const host = /^([a-z0-9-]+\.)+[a-z]{2,}$/i
const address = /^0x[0-9a-f]{40}$/i

const notDollars = 'Write an amount such as 25.00, with six decimals at most.'

/** What a rule still lacks, in a sentence; null when it can be saved as far as this page knows. */
export function faultOf(guard: Guard): string | null {
  switch (guard.type) {
    case 'budget':
      return dollars.test(guard.limit) ? null : notDollars
    case 'approval':
      return dollars.test(guard.threshold) ? null : notDollars
    case 'single_payment': {
      const { min, max } = guard
      if ([min, max].some((end) => end !== undefined && !dollars.test(end))) return notDollars
      if (min === undefined && max === undefined) return 'Write the least, the most, or both.'
      return min !== undefined && max !== undefined && Number(min) > Number(max)
        ? 'The least is more than the most.'
        : null
    }
    case 'rate':
      return isCount(guard.limit, 999_999) ? null : 'Write a whole number, 1 at least.'
    case 'duplicate':
      return isCount(guard.minutes, 9999) ? null : 'Write whole minutes, 1 to 9999.'
    case 'new_recipient':
      return guard.action === 'ask' || isCount(guard.waitMinutes, 9999) ? null : 'Write whole minutes, 1 to 9999.'
    case 'hours':
      if (guard.from === guard.to) return 'It ends when it begins. Choose another time.'
      return guard.days?.length === 0 ? 'Choose one day at least.' : null
    case 'recipients': {
      const all = namesOf(guard)
      if (all.length === 0) return 'Name an address or a domain, one on each line.'
      const wrong = all.find((each) => !address.test(each) && !host.test(each))
      return wrong ? `“${wrong}” is neither a whole address nor a domain.` : null
    }
    case 'screening':
      return null
  }
}

function isCount(value: number | undefined, max: number): boolean {
  return value !== undefined && Number.isInteger(value) && value >= 1 && value <= max
}

type Recipients = Extract<Guard, { type: 'recipients' }>

/** Every recipient of a rule, addresses and domains. */
export function namesOf({ addresses = [], domains = [] }: Recipients): string[] {
  return [...addresses, ...domains]
}

/** A rule about the recipients on these lines: what begins with 0x is an address, the rest are domains. */
export function withNames(guard: Recipients, names: string[]): Recipients {
  const [addresses, domains] = [names.filter((name) => /^0x/i.test(name)), names.filter((name) => !/^0x/i.test(name))]
  return {
    type: guard.type,
    mode: guard.mode,
    ...(addresses.length > 0 ? { addresses } : {}),
    ...(domains.length > 0 ? { domains } : {}),
  }
}
