import type { LookupAddress, LookupOptions } from 'node:dns'
import http from 'node:http'
import https from 'node:https'
import { setTimeout } from 'node:timers/promises'
import { addressesOf, RefusedDestination, type Resolve } from '#lib/outside/destination.ts'
import { NotSent } from '#lib/outside/not-sent.ts'

const timeoutMs = 10_000

export type Letter = { headers: Record<string, string>; body: string }
export type PostOptions = { resolve?: Resolve; within?: number }

/**
 * Posts to an address that a person named, and resolves to the status of the answer; of its body nothing is read, and where it
 * leads nobody goes. The host is resolved once, every address of it is checked, and the connection goes to these and to no
 * others, whatever the name means by then. It ends after ten seconds altogether. Throws RefusedDestination and NotSent.
 */
export async function postOutside(
  url: URL,
  letter: Letter,
  { resolve, within = timeoutMs }: PostOptions = {},
): Promise<number> {
  const over = new AbortController()
  const late = setTimeout(within, undefined, { signal: over.signal }).then(
    () => {
      throw new NotSent('it did not answer in time')
    },
    () => 0,
  )
  try {
    const sent = addressesOf(url, resolve).then((addresses) => send(url, letter, addresses, over.signal))
    return await Promise.race([sent, late])
  } finally {
    over.abort()
  }
}

function send(url: URL, { headers, body }: Letter, addresses: LookupAddress[], signal: AbortSignal): Promise<number> {
  return new Promise((resolve, reject) => {
    const { request } = url.protocol === 'https:' ? https : http
    const sending = request(url, {
      method: 'POST',
      headers: { 'content-length': String(Buffer.byteLength(body)), 'user-agent': 'Causeway', ...headers },
      // A connection of its own: none that another destination's name opened.
      agent: false,
      lookup: only(addresses),
      maxHeaderSize: 8192,
      signal,
    })
    sending.on('response', (answer) => {
      answer.on('error', () => {})
      answer.destroy()
      resolve(answer.statusCode ?? 0)
    })
    sending.on('error', (error) => reject(new NotSent(reasonOf(error))))
    sending.on('close', () => reject(new NotSent('it did not answer')))
    sending.end(body)
  })
}

type Found = (error: null, address: string | LookupAddress[], family?: number) => void

/** A resolver that knows these addresses, whoever is asked for. */
function only(addresses: LookupAddress[]) {
  return (_host: string, { all }: LookupOptions, found: Found): void => {
    const [first] = addresses
    if (all || !first) found(null, addresses)
    else found(null, first.address, first.family)
  }
}

/** What a failed connection is, in words that tell nothing of what was found there. */
function reasonOf(error: Error): string {
  const code = 'code' in error ? String(error.code) : ''
  const certificate = /^(CERT|ERR_TLS)_|CERT|SIGNATURE|ERR_SSL/.test(code)
  return certificate ? 'its certificate does not hold' : 'it cannot be reached'
}

/** Why a post did not arrive, where that is no fault of ours. Anything else is thrown on. */
export function postFailure(error: unknown): string {
  if (error instanceof NotSent) return error.message
  if (error instanceof RefusedDestination) return 'its address is not on the public internet'
  throw error
}
