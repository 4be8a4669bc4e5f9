import type { Named } from '#lib/guards/policy-phrases.ts'
import { countOf, dollarsOf } from '#lib/guards/policy-words.ts'
import type { Guard } from '#lib/guards/schema.ts'

/** Whether every amount, number and recipient of a guard stands in the words that it is said to come from. */
export function isTraceable(guard: Guard, words: string, contacts: readonly Named[]): boolean {
  const text = words.normalize('NFC').toLowerCase()
  const amounts = [...text.matchAll(/\$?\d[\d,]*(?:\.\d+)?(?:k| thousand| million)?/gu)].flatMap(
    ([each]) => dollarsOf(each) ?? [],
  )
  const counts = [...text.matchAll(/\d+|\p{L}+/gu)].map(([each]) => countOf(each))
  // Compared as the one spelling that dollarsOf gives an amount, so that no digit is rounded away.
  const hasAmount = (value: string | undefined) => value === undefined || amounts.includes(dollarsOf(value) ?? 'none')
  const hasCount = (value: number | undefined) =>
    value === undefined || counts.includes(value) || counts.includes(value / 60)
  switch (guard.type) {
    case 'budget':
      return hasAmount(guard.limit)
    case 'rate':
      return hasCount(guard.limit)
    case 'single_payment':
      return hasAmount(guard.min) && hasAmount(guard.max)
    case 'approval':
      return dollarsOf(guard.threshold) === '0.00' || hasAmount(guard.threshold)
    case 'recipients':
      return [...(guard.addresses ?? []), ...(guard.domains ?? [])].every(
        (each) =>
          text.includes(each) ||
          contacts.some(({ name, address }) => address.toLowerCase() === each && text.includes(name.toLowerCase())),
      )
    case 'new_recipient':
      return hasCount(guard.waitMinutes)
    case 'duplicate':
      return hasCount(guard.minutes)
    case 'hours':
      return [guard.from, guard.to].every(
        (time) =>
          time === '00:00' || time === '24:00' || counts.some((count) => count % 12 === Number(time.slice(0, 2)) % 12),
      )
    case 'screening':
      return true
  }
}
