import { describe, expect, test } from 'vitest'
import { isPayable, linkWords, paymentWords } from '#components/links/link-words.ts'
import type { Link, LinkPayment } from '#lib/links/schema.ts'

const now = Date.parse('2026-11-21T12:00:00Z')
const address = '0x90F79bf6EB2c4f870365E785982E1f101E93b906'
const link: Link = {
  id: '0197a4c2-6d1e-7c3a-9f40-5b8f2d1c7e90',
  status: 'open',
  note: 'Invoice 7',
  payee: null,
  network: 'base',
  chain: 'eip155:8453',
  asset: 'USDC',
  token: address,
  address,
  amount: '25.00',
  received: '0.00',
  due: '25.00',
  url: 'https://causeway.example/l/1',
  paymentUri: 'ethereum:',
  expiresAt: null,
  endedAt: null,
  createdAt: '2026-11-21T11:00:00.000Z',
  events: [],
  payments: [],
}
const payment: LinkPayment = {
  id: link.id,
  network: 'base',
  hash: `0x${'5f'.repeat(32)}`,
  from: address,
  to: address,
  asset: 'USDC',
  amount: '25.00',
  status: 'confirmed',
  confirmations: 12,
  required: 12,
  counted: true,
  explorerUrl: null,
  at: '2026-11-21T11:30:00.000Z',
}
const words = (changes: Partial<Link>) => linkWords({ ...link, ...changes }, 'en-US', now)

describe('a link says where its money is', () => {
  test.each<[Partial<Link>, string, RegExp]>([
    [{}, 'Open', /25\.00.USDC are asked for/],
    [{ amount: null, due: null, received: '7.25' }, 'Open', /7\.25.USDC have arrived so far/],
    [{ status: 'partly_paid', received: '9.50', due: '15.50' }, 'Partly paid', /9\.50.USDC of 25\.00.USDC/],
    [{ expiresAt: '2026-11-21T11:59:59.000Z' }, 'Time is up', /time to pay this is up/],
    [{ payments: [{ ...payment, status: 'included', counted: false, confirmations: 2 }] }, 'Arriving', /are arriving/],
    [{ payments: [{ ...payment, status: 'broadcast', counted: false }] }, 'Arriving', /are arriving/],
    [{ status: 'cancelled' }, 'Cancelled', /has ended it/],
    [{ status: 'expired' }, 'Ended', /Nothing arrived in time/],
  ])('%j', (changes, word, sentence) => {
    const said = words(changes)
    expect(said.word).toBe(word)
    expect(said.sentence).toMatch(sentence)
  })

  test('paid, paid too much, and paid twice are three things', () => {
    const paid = { status: 'paid', received: '25.00', due: '0.00', payments: [payment] } as const
    expect(words({ ...paid, payments: [payment] }).next).toMatch(/final/)
    expect(words({ ...paid, payments: [payment], received: '30.00' }).next).toMatch(/More than the 25\.00/)
    const twice = words({ ...paid, payments: [payment, { ...payment, counted: false }] })
    expect(twice.next).toMatch(/paid more than once: 25\.00/)
  })

  test('what came late is said to be in the wallet', () => {
    expect(words({ status: 'cancelled', payments: [{ ...payment, counted: false }] }).next).toMatch(/came after/)
  })
})

test('a payment says what it is for its link', () => {
  const said = (changes: Partial<LinkPayment>, status: Link['status'] = 'paid') =>
    paymentWords({ ...payment, ...changes }, { ...link, status }).word
  expect(said({})).toBe('Arrived')
  expect(said({ counted: false })).toMatch(/paid already/)
  expect(said({ counted: false }, 'expired')).toMatch(/too late/)
  expect(said({ status: 'included', confirmations: 1 })).toBe('1 of 12 confirmations')
  expect(said({ status: 'broadcast' })).toMatch(/Taken back/)
})

test('nobody is asked to pay after the time, though the chain has yet to end it', () => {
  expect(isPayable({ ...link, expiresAt: '2026-11-21T12:00:01.000Z' }, now)).toBe(true)
  expect(isPayable({ ...link, expiresAt: '2026-11-21T12:00:00.000Z' }, now)).toBe(false)
  expect(isPayable({ ...link, status: 'paid' }, now)).toBe(false)
})
