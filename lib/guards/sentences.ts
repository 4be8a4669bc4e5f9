import type { Guard } from '#lib/guards/schema.ts'

type Of<Type extends Guard['type']> = Extract<Guard, { type: Type }>

const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const windows = { hour: '60 minutes', day: '24 hours', week: '7 days', month: '30 days' } as const

/** A guard as a sentence: `At most $100.00 a day.` */
export function sentenceOf(guard: Guard): string {
  switch (guard.type) {
    case 'budget':
      return `At most ${dollars(guard.limit)} ${periodOf(guard)}.`
    case 'rate':
      return `At most ${plural(guard.limit, 'payment')} ${guard.period === 'hour' ? 'an' : 'a'} ${guard.period}.`
    case 'single_payment':
      return singlePayment(guard)
    case 'recipients':
      return guard.mode === 'allow'
        ? `Pays only ${listOf(namesOf(guard), 'and')}.`
        : `Never pays ${listOf(namesOf(guard), 'or')}.`
    case 'approval':
      return Number(guard.threshold) === 0
        ? 'Asks you before every payment.'
        : `Asks you from ${dollars(guard.threshold)} on.`
    case 'new_recipient':
      return guard.action === 'ask'
        ? 'Asks you before the first payment to somebody.'
        : `Waits ${plural(guard.waitMinutes ?? 0, 'minute')} before the first payment to somebody.`
    case 'duplicate':
      return `Asks you when the same payment comes again within ${plural(guard.minutes, 'minute')}.`
    case 'hours':
      return `Pays only from ${guard.from} to ${guard.to}${over(guard)}${onDays(guard.days)}, by the clocks of ${guard.zone ?? 'UTC'}.`
    case 'screening':
      return 'Pays nobody on a list of sanctioned addresses.'
  }
}

/** How long a budget is for: `a day`, `in any 24 hours`, `in all`. */
function periodOf({ period, window }: Of<'budget'>): string {
  if (period === 'total') return 'in all'
  if (window === 'rolling') return `in any ${windows[period]}`
  return `${period === 'hour' ? 'an' : 'a'} ${period}`
}

function singlePayment({ min, max }: Of<'single_payment'>): string {
  if (min !== undefined && max !== undefined) return `From ${dollars(min)} to ${dollars(max)} a payment.`
  return max !== undefined ? `At most ${dollars(max)} a payment.` : `At least ${dollars(min ?? '0')} a payment.`
}

/** Addresses by their ends, hosts as they are; three of them, and how many more there are. */
function namesOf({ addresses = [], domains = [] }: Of<'recipients'>): string[] {
  const all = [...addresses.map((address) => `${address.slice(0, 6)}…${address.slice(-4)}`), ...domains]
  return all.length > 4 ? [...all.slice(0, 3), `${all.length - 3} more`] : all
}

function over({ from, to }: Of<'hours'>): string {
  return to < from ? ' the next day' : ''
}

/** Days that follow each other are one stretch: `, Monday to Friday`. */
function onDays(chosen: number[] | undefined): string {
  if (!chosen) return ''
  const sorted = [...new Set(chosen)].sort((a, b) => a - b)
  const first = sorted[0] ?? 1
  const last = sorted.at(-1) ?? 7
  if (sorted.length === 7) return ''
  if (sorted.length > 2 && last - first === sorted.length - 1) return `, ${days[first - 1]} to ${days[last - 1]}`
  return `, ${listOf(
    sorted.map((day) => days[day - 1] ?? ''),
    'and',
  )}`
}

/** `$10,000.00` */
function dollars(amount: string): string {
  const [integer = '', fraction] = amount.split('.')
  return `$${integer.replaceAll(/\B(?=(\d{3})+$)/g, ',')}${fraction === undefined ? '' : `.${fraction}`}`
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

function listOf(names: string[], word: 'and' | 'or'): string {
  if (names.length === 0) return 'whom you name'
  return names.length === 1 ? names.join('') : `${names.slice(0, -1).join(', ')} ${word} ${names.at(-1)}`
}
