import { describe, expect, test } from 'vitest'
import { mentions, readInvoice } from '#lib/chat/invoice.ts'
import { readMoney } from '#lib/chat/money.ts'
import { nearest } from '#lib/chat/recipient.ts'
import { requestOf } from '#lib/chat/requests.ts'
import { orderedPlace, standsIn } from '#lib/chat/trace.ts'
import { isDisguised, wordsOf } from '#lib/chat/words.ts'

const known = { contacts: ['Merchant', 'Al'], agentName: 'Ada' }
const merchant = { name: 'Merchant', address: '0x00000000000000000000000000000000000c0ffe' }
const al = { name: 'Al', address: '0x1111111111111111111111111111111111111111' }

describe('whose words they are', () => {
  test.each([
    ['one line', 'Pay $10 to Merchant', 'Pay $10 to Merchant'],
    ['spaces of other kinds', ' Pay\u00a0$10  to Merchant ', 'Pay $10 to Merchant'],
    ['two lines', 'Pay $10\nto Merchant', ''],
    ['a line separator', 'Pay $10\u2028to Merchant', ''],
    ['a long line', 'x'.repeat(281), ''],
  ])('%s', (_, text, own) => {
    const read = wordsOf({ text, documents: ['a document'] })
    expect(read).toEqual({ own, documents: own === '' ? [text.trim(), 'a document'] : ['a document'] })
  })

  test.each([
    ['Pay $10 to Zoë, José and Ångström', false],
    ['Zahle 10 an Мария', false],
    ['Pay M\u0435rchant', true],
    ['Pay\u200b', true],
    ['Pay \u202e01', true],
    ['Pay ½', true],
    ['Pay ＄10', true],
    ['🙂', false],
  ])('%s is disguised: %s', (text, expected) => {
    expect(isDisguised(text)).toBe(expected)
  })
})

describe('an amount', () => {
  test.each([
    ['$10 to', { length: 3, money: { amount: '10', asset: 'USDC' } }],
    ['10.50 USDC to', { length: 10, money: { amount: '10.50', asset: 'USDC' } }],
    ['10 to Al', { length: 2, money: { amount: '10', asset: 'USDC' } }],
    ['3 MUSD.', { length: 6, money: { amount: '3', asset: 'MUSD' } }],
    ['10.', { length: 2, money: { amount: '10', asset: 'USDC' } }],
    ['1,000', { length: 5, fault: 'comma' }],
    ['10k', { length: 3, fault: 'shortened' }],
    ['€10', { length: 3, fault: 'currency' }],
    ['10 EUR', { length: 6, fault: 'currency' }],
    ['-5', { length: 2, fault: 'negative' }],
    ['0x1234', undefined],
    ['Merchant', undefined],
  ])('%s', (text, expected) => {
    expect(readMoney(text)).toEqual(expected)
  })
})

describe('a request', () => {
  test.each([
    ['What is my balance?', { kind: 'balance' }],
    ['how much do I have left', { kind: 'balance' }],
    ['Show my payments', { kind: 'payments' }],
    ['history', { kind: 'payments' }],
    ['Which payments failed?', { kind: 'payments', status: 'failed' }],
    ['what is waiting', { kind: 'payments', status: 'needs_approval' }],
    ['payments to Merchant', { kind: 'payments', search: 'Merchant' }],
    ['Why was that refused?', { kind: 'why' }],
    ['who can I pay?', { kind: 'contacts' }],
    ['create a payment link for $25', { kind: 'link', amount: '25' }],
    ['what are my limits', { kind: 'guards' }],
    ['freeze', { kind: 'freeze' }],
    ['yes', { kind: 'confirm' }],
    ['yes, but later', { kind: 'unknown' }],
    ['approve it', { kind: 'approve' }],
    ['cancel that', { kind: 'cancel' }],
    ['help', { kind: 'help' }],
    [
      'would $200 to Merchant pass now, and why',
      { kind: 'simulate', orders: [{ amount: '200', asset: 'USDC', recipient: 'Merchant', purpose: null }] },
    ],
    [
      'what if I pay Al $5?',
      { kind: 'simulate', orders: [{ amount: '5', asset: 'USDC', recipient: 'Al', purpose: null }] },
    ],
    ['tell me a story', { kind: 'unknown' }],
  ])('%s', (text, expected) => {
    expect(requestOf(text, known)).toEqual(expected)
  })
})

describe('an invoice', () => {
  test('names its recipient, its total and its number', () => {
    const text = `Merchant Ltd\nInvoice No. 2026-17\nHosting $10.00\nSubtotal: $10.00\nVAT $2.50\nTotal due: USD 1,012.50\nPay to ${merchant.address}`
    expect(readInvoice(text, [merchant, al])).toEqual({
      recipients: [merchant.address],
      amounts: [{ amount: '1012.50', asset: 'USDC' }],
      about: 'Invoice 2026-17',
      impersonated: [],
    })
  })

  test('says which contacts it names and does not pay', () => {
    expect(readInvoice(`Merchant\nTotal $5\n${al.address}`, [merchant]).impersonated).toEqual(['Merchant'])
  })

  test('with two totals has two, and with two payees two', () => {
    const { amounts, recipients } = readInvoice(`Total: $5\nTotal: $50\n${al.address} or ${merchant.address}`, [])
    expect(amounts).toHaveLength(2)
    expect(recipients).toHaveLength(2)
  })

  test.each([
    ['for Alice', false],
    ['for al.', true],
    ['(Al)', true],
    ['x@al', true],
    ['al_', false],
  ])('%s mentions Al: %s', (text, expected) => {
    expect(mentions(text, 'Al')).toBe(expected)
  })
})

describe('what a model wants', () => {
  const orders = [{ amount: '10', asset: 'USDC' as const, recipient: 'Merchant', purpose: null }]
  test.each([
    [{ recipient: 'merchant', amount: '10.00', asset: 'USDC' as const }, 0],
    [{ recipient: 'Merchant', amount: '10.01', asset: 'USDC' as const }, -1],
    [{ recipient: '@merchant', amount: '10', asset: 'USDC' as const }, -1],
    [{ recipient: 'Merchant', amount: '10', asset: 'MUSD' as const }, -1],
  ])('%j is order %i', (wanted, place) => {
    expect(orderedPlace(wanted, orders)).toBe(place)
  })

  test.each([
    [{ recipient: 'Merchant', amount: '1000', asset: 'USDC' as const }, true],
    [{ recipient: 'Merchant', amount: '100', asset: 'USDC' as const }, false],
    [{ recipient: 'Merch', amount: '1000', asset: 'USDC' as const }, false],
    [{ recipient: '', amount: '1000', asset: 'USDC' as const }, false],
    [{ recipient: 'Merchant', amount: 'a lot', asset: 'USDC' as const }, false],
  ])('%j stands in what was said: %s', (wanted, expected) => {
    expect(standsIn(wanted, ['The total for merchant is $1,000.00'])).toBe(expected)
  })
})

test('a name that nobody has is asked about with those that are near', () => {
  expect(nearest('merchent', known.contacts)).toEqual(['Merchant'])
  expect(nearest('landlord', known.contacts)).toEqual([])
})
