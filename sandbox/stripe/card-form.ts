import type { CardField } from '#sandbox/stripe/page.ts'

export type CardForm = {
  values: Partial<Record<CardField, string>>
  errors: Partial<Record<CardField, string>>
}

/** Checks what a person typed, as a card form does before it asks the bank. */
export function readCardForm(form: URLSearchParams, now: Date): CardForm {
  const value = (name: CardField) => (form.get(name) ?? '').trim()
  const values = { number: value('number'), expiry: value('expiry'), cvc: value('cvc'), name: value('name') }
  const errors = {
    number: numberError(values.number.replace(/[\s-]/g, '')),
    expiry: expiryError(values.expiry, now),
    cvc: /^\d{3,4}$/.test(values.cvc) ? undefined : 'The CVC is the 3 or 4 digits on the card.',
    name: values.name === '' ? 'Enter the name on the card.' : undefined,
  }
  const found = Object.entries(errors).filter(([, error]) => error !== undefined)
  return { values, errors: Object.fromEntries(found) }
}

function numberError(digits: string): string | undefined {
  if (digits === '') return 'Enter the card number.'
  if (!/^\d{12,19}$/.test(digits)) return 'The card number is not complete.'
  return passesLuhn(digits) ? undefined : 'This card number is not right. Check its digits.'
}

function expiryError(text: string, now: Date): string | undefined {
  const match = /^(\d{1,2})\s*\/?\s*(?:20)?(\d{2})$/.exec(text)
  const month = Number(match?.[1])
  if (!match || month < 1 || month > 12) return 'Enter month and year, as in 04 / 28.'
  const firstDayAfter = Date.UTC(2000 + Number(match[2]), month, 1)
  return firstDayAfter <= now.getTime() ? 'This card has expired.' : undefined
}

function passesLuhn(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const doubled = Number(digit) * (index % 2 === 0 ? 1 : 2)
    return total + (doubled > 9 ? doubled - 9 : doubled)
  }, 0)
  return sum % 10 === 0
}
