import { env } from '#lib/env.ts'
import { Problem } from '#lib/http/problem.ts'
import { Quote } from '#lib/onramp/schema.ts'

// A quote is not stored until someone buys with it: its id is the quote itself with our mark on it, so that asking for
// quotes writes nothing and any instance, also at the edge, can make and check one. Web Crypto only, for that reason.

const encoder = new TextEncoder()

async function key(): Promise<CryptoKey> {
  const material = encoder.encode(`causeway:quote:${env().APP_SECRET}`)
  return crypto.subtle.importKey('raw', material, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify'])
}

function toBase64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0))
}

/** The quote with an id that `readQuoteId` takes back. */
export async function signQuote(quote: Omit<Quote, 'id'>): Promise<Quote> {
  const payload = encoder.encode(JSON.stringify(quote))
  const mark = new Uint8Array(await crypto.subtle.sign('HMAC', await key(), payload))
  return { id: `quote_${toBase64Url(payload)}.${toBase64Url(mark)}`, ...quote }
}

/** The quote an id stands for. Refuses an id that we did not make. Whether it still holds is decided by the database. */
export async function readQuoteId(id: string): Promise<Quote> {
  const unknown = new Problem(
    422,
    'unknown_quote',
    'This is not a quote of ours',
    'Ask for a new quote and send its id as it is.',
    { field: 'quoteId' },
  )
  const match = /^quote_([\w-]+)\.([\w-]+)$/.exec(id)
  if (!match?.[1] || !match[2]) throw unknown
  try {
    const payload = fromBase64Url(match[1])
    if (!(await crypto.subtle.verify('HMAC', await key(), fromBase64Url(match[2]), payload))) throw unknown
    return Quote.parse({ id, ...JSON.parse(new TextDecoder().decode(payload)) })
  } catch {
    throw unknown
  }
}
