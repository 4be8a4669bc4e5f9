import { clientIp } from '#lib/http/client-ip.ts'
import { claimedQuery } from '#lib/http/input.ts'
import { limitRateHere } from '#lib/http/rate-limit/limit-rate-here.ts'
import type { Limit } from '#lib/http/rate-limit/limits.ts'
import { route } from '#lib/http/route.ts'
import { currentAbout } from '#lib/telemetry/context.ts'

export type PublicAnswer = {
  body: unknown
  /** How long it may be given again without being read again. */
  seconds: number
  /** No cache gives it again after this moment, however it came to have it. */
  until?: string | undefined
}

type Kept = {
  text: string
  etag: string
  seconds: number
  keptUntil: number
  until: number | undefined
  /** Somebody reads the next one; until then the others get this one. */
  askedUntil: number
  requestId: string
}

/** What the browsers of other sites may read. The door has no session, so there is nothing to lend them. */
const open = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'etag, retry-after, x-request-id',
}

/** How long a cache may go on with what it has while it asks for the next, in multiples of how long it is new. */
const graceTimes = 5
/** The most characters that one instance keeps of finished answers. */
const mostKept = 8_000_000
/** How long a reading of the next one may keep the others from reading it too. */
const askingMs = 5_000

const answers = new Map<string, Kept>()
let length = 0

/**
 * The handler of a read that is the same for everybody: it may be cached, compared by its tag and read from other sites. A
 * finished answer is kept by this instance as long as it is new, and given as a CDN gives it: with the id of the request that
 * read it, and without a line in the log. Only what has to be read is counted against the limit.
 */
export function publicRead<Query>(
  limit: Limit,
  read: (query: Query) => Promise<PublicAnswer>,
): (request: Request) => Promise<Response> {
  const handler = route<undefined>(async (request) => {
    const key = keyOf(request)
    const now = Date.now()
    const known = answers.get(key)
    if (known) known.askedUntil = now + askingMs
    try {
      await limitRateHere(limit, clientIp(request))
      const kept = await keptOf(await read(claimedQuery<Query>(request)), now)
      keep(key, kept)
      return answerOf(request, kept, now)
    } finally {
      if (known) known.askedUntil = 0
    }
  })
  return async (request) => {
    const known = answers.get(keyOf(request))
    const now = Date.now()
    if (known && now < known.keptUntil) return answerOf(request, known, now)
    if (known && now < Math.min(known.askedUntil, graceOf(known))) {
      return answerOf(request, { ...known, seconds: 1 }, now)
    }
    const answer = await handler(request, undefined)
    for (const [name, value] of Object.entries(open)) answer.headers.set(name, value)
    return answer
  }
}

/** What was asked. */
function keyOf({ url }: Request): string {
  return url.slice(url.indexOf('/', url.indexOf('//') + 2))
}

/** What a browser asks before it sends a tag from another site. */
export function readPreflight(): Response {
  return new Response(null, {
    status: 204,
    headers: {
      ...open,
      'access-control-allow-methods': 'GET, HEAD, OPTIONS',
      'access-control-allow-headers': 'if-none-match',
      'access-control-max-age': '86400',
      'cache-control': 'public, max-age=86400',
    },
  })
}

async function keptOf({ body, seconds, until }: PublicAnswer, now: number): Promise<Kept> {
  const text = JSON.stringify(body)
  const end = until === undefined ? undefined : Date.parse(until)
  const keptUntil = Math.min(now + seconds * 1000, end ?? Number.POSITIVE_INFINITY)
  return {
    text,
    etag: await tagOf(text),
    seconds,
    keptUntil,
    until: end,
    askedUntil: 0,
    requestId: currentAbout().requestId ?? '',
  }
}

/** Until when it may still be given while the next one is read. */
function graceOf({ keptUntil, seconds, until }: Kept): number {
  return Math.min(keptUntil + seconds * graceTimes * 1000, until ?? Number.POSITIVE_INFINITY)
}

function answerOf(request: Request, { text, etag, seconds, until, requestId }: Kept, now: number): Response {
  const left = until === undefined ? seconds * (1 + graceTimes) : Math.max(0, Math.floor((until - now) / 1000))
  const age = Math.min(seconds, left)
  const grace = Math.min(seconds * graceTimes, left - age)
  const headers = {
    ...open,
    'content-type': 'application/json',
    'x-request-id': requestId,
    'cache-control': `public, max-age=${age}, s-maxage=${age}, stale-while-revalidate=${grace}`,
    etag,
  }
  return hasTag(request, etag) ? new Response(null, { status: 304, headers }) : new Response(text, { headers })
}

/** Whether the caller has it: one of several tags, also as a proxy that compressed it made it weak. */
function hasTag(request: Request, etag: string): boolean {
  const given = request.headers.get('if-none-match')
  return given?.split(',').some((tag) => ['*', etag].includes(tag.trim().replace(/^W\//, ''))) ?? false
}

async function tagOf(text: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  const hex = Array.from(new Uint8Array(hash, 0, 16), (byte) => byte.toString(16).padStart(2, '0')).join('')
  return `"${hex}"`
}

/** Keeps it as the newest, and lets the oldest go that there is no room for. */
function keep(key: string, kept: Kept): void {
  forget(key)
  answers.set(key, kept)
  length += kept.text.length
  for (const oldest of answers.keys()) {
    if (length <= mostKept) break
    forget(oldest)
  }
}

function forget(key: string): void {
  length -= answers.get(key)?.text.length ?? 0
  answers.delete(key)
}
