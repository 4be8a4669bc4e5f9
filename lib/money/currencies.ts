/** The currencies a card may be charged in, and how many decimals an amount of each may carry. */
export const currencies = {
  USD: { code: 'USD', label: 'US dollar', symbol: '$', decimals: 2 },
  EUR: { code: 'EUR', label: 'Euro', symbol: '€', decimals: 2 },
} as const

export type Currency = keyof typeof currencies

export const currencyCodes = ['USD', 'EUR'] as const satisfies readonly Currency[]

/** Whether the text is the code of a currency we charge in, exactly as spelled. */
export function isCurrency(text: string): text is Currency {
  return Object.hasOwn(currencies, text)
}
