import { showExact, showRate } from '#components/rates/show-rate.ts'
import type { Tone } from '#components/ui/badge.tsx'
import type { RateAlert } from '#lib/rates/alerts/schema.ts'

type Line = Pick<RateAlert, 'base' | 'quote' | 'direction' | 'price'>

/** What an alert waits for: `BTC rises to $120,000.00`. */
export function lineWords({ base, quote, direction, price }: Line, locale: string): string {
  return `${base} ${direction === 'rises_to' ? 'rises' : 'falls'} to ${showExact(price, quote, locale)}`
}

/** How a status is called. */
export const statusWords: Record<RateAlert['status'], string> = {
  armed: 'Waiting',
  triggered: 'Telling you',
  told: 'Told',
  failed: 'Not delivered',
  cancelled: 'Ended',
}

/** Where an alert stands, in a word and in a sentence. */
export function alertWords(alert: RateAlert, locale: string): { word: string; tone: Tone; sentence: string | null } {
  const { status, reached, quote, channel, attempts } = alert
  const price = reached ? showRate(reached.price, quote, locale) : ''
  const word = statusWords[status]
  const failure = attempts.findLast(({ failure }) => failure !== null)?.failure
  switch (status) {
    case 'armed':
      return { word, tone: 'waiting', sentence: null }
    case 'triggered': {
      const sentence = `The price was ${price}.`
      if (!failure) return { word, tone: 'moving', sentence }
      return { word: 'Trying again', tone: 'attention', sentence: `${sentence} Nobody took the message: ${failure}.` }
    }
    case 'told':
      return { word, tone: 'arrived', sentence: `The price was ${price}. ${took[channel]}` }
    case 'failed':
      return { word, tone: 'failed', sentence: `The price was ${price}. Nobody took the message: ${failure}.` }
    case 'cancelled':
      return { word, tone: 'waiting', sentence: null }
  }
}

const took = { email: 'You were written to.', webhook: 'Your server took the webhook.' }
