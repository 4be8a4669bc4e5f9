import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { makeSession } from '#components/onramp/make-session.ts'
import { savedSecret } from '#components/onramp/saved-sessions.ts'

const body = {
  walletAddress: '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed',
  asset: 'MUSD',
  network: 'mezo',
  sourceAmount: '25.00',
  sourceCurrency: 'USD',
  quoteId: 'quote_1',
}
const created = () => Response.json({ id: 'session', secret: 'secret' }, { status: 201 })
const problem = (status: number, code: string) => () =>
  Response.json({ status, code, title: code, detail: code }, { status })
const noAnswer = () => {
  throw new TypeError('Failed to fetch')
}

let sent: { key: string | null; body: unknown }[]

/** Answers the requests one after another, and keeps what was asked. */
function answers(...inOrder: (() => Response)[]) {
  vi.stubGlobal('fetch', async (_path: string, init: RequestInit) => {
    sent.push({ key: new Headers(init.headers).get('idempotency-key'), body: JSON.parse(String(init.body)) })
    return (inOrder.shift() ?? noAnswer)()
  })
}

function aStorage(): Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> {
  const kept = new Map<string, string>()
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  }
}

beforeEach(() => {
  sent = []
  vi.stubGlobal('sessionStorage', aStorage())
  vi.stubGlobal('localStorage', aStorage())
})
afterEach(() => vi.unstubAllGlobals())

test('keeps the secret as soon as it is known', async () => {
  answers(created)
  await makeSession(body)
  expect(savedSecret('session')).toBe('secret')
})

test.each([
  ['no answer came', noAnswer],
  ['the server failed', problem(503, 'stripe_unavailable')],
  ['the first is still running', problem(409, 'idempotency_in_progress')],
])('is repeated unchanged under the same key when %s, even with a newer quote', async (_, unclear) => {
  answers(unclear, created)
  await expect(makeSession(body)).rejects.toThrow()
  await makeSession({ ...body, quoteId: 'quote_2' })
  expect(sent[1]).toEqual(sent[0])
})

test.each(['quote_expired', 'invalid_address'])('is asked anew after a clear refusal: %s', async (code) => {
  answers(problem(code === 'quote_expired' ? 409 : 422, code), created)
  await expect(makeSession(body)).rejects.toThrow(code)
  await makeSession({ ...body, quoteId: 'quote_2' })
  expect(sent[1]?.key).not.toBe(sent[0]?.key)
  expect(sent[1]?.body).toMatchObject({ quoteId: 'quote_2' })
})

test('another purchase never goes under the key of an unclear one', async () => {
  answers(noAnswer, created)
  await expect(makeSession(body)).rejects.toThrow()
  await makeSession({ ...body, sourceAmount: '30.00' })
  expect(sent[1]?.key).not.toBe(sent[0]?.key)
})

test('a finished purchase is not repeated by the next one', async () => {
  answers(created, created)
  await makeSession(body)
  await makeSession(body)
  expect(sent[1]?.key).not.toBe(sent[0]?.key)
})
