import { type Money, moneyFaults, readMoney } from '#lib/chat/money.ts'
import { type Recipient, readRecipient } from '#lib/chat/recipient.ts'
import { isDisguised } from '#lib/chat/words.ts'

/** What the person's words can name: their contacts, and the agent they talk to. */
export type Known = { contacts: readonly string[]; agentName: string }

/** A payment that a person ordered in their own words. */
export type Order = Money & { recipient: string; purpose: string | null }

/** An order of which one half is said. The next thing that the person says may be the other half. */
export type HalfOrder = { money: Money; recipient?: never } | { recipient: string; money?: never }

export type Ordered =
  | { kind: 'orders'; orders: Order[] }
  | { kind: 'half'; half: HalfOrder }
  /** It is meant as an order and cannot be done as it is written; why, as a sentence. */
  | { kind: 'unclear'; sentence: string }
  | { kind: 'none' }

const none: Ordered = { kind: 'none' }
const unclear = (sentence: string): Ordered => ({ kind: 'unclear', sentence })

const verb = /^(?:pay|send|transfer|give|wire|tip)(?: over)? +/i
const polite =
  /^(?:(?:please|kindly|hey|hi|hello|ok|okay|yes|now|then|also|so|and|go ahead and)[,!.]? +|(?:can|could|will|would) you (?:please )?|(?:i want|i need|i'd like|i would like|i’d like) (?:you )?to |let's |let’s |just )/i
const farewell = /^(?:,? *(?:please|now|right now|today|thanks|thank you|asap|immediately))?[.!?\s]*$/i
const between = /^(?:, and then|, and|, then|,| and then| and| then|;) +/i
const inexact =
  /^(?:about|around|approximately|roughly|up to|at least|at most|some|a few|all|half|everything|the rest|as much|my balance)\b/i
const conditions =
  /\b(?:if|unless|until|when|whenever|once|after|before|tomorrow|twice|\d+ times|(?:every|each) (?:second|minute|hour|day|week|month|year|time)|next (?:day|week|month|year)|in \d+ (?:minutes|hours|days|weeks))\b/i

const how = 'Say it as "Pay $10 to Merchant", with a saved contact, a handle such as @ada, or a whole address.'
const disguised = 'There are characters in this that can pass for others. Type it again with plain letters and digits.'
const atMost = 5

/**
 * What payments a person's own line orders, and nothing that has to be guessed: the whole line is an order, or there is none.
 * A half order of the line before may be completed by this one. Nothing else is ever paid in a conversation, whoever asks for it.
 */
export function ordersOf(own: string, known: Known, before?: HalfOrder): Ordered {
  const line = withoutCourtesy(own, known.agentName)
  const begun = verb.exec(line)
  if (isDisguised(own)) return begun ? unclear(disguised) : none
  if (begun) return readOrders(line.slice(begun[0].length), known)
  return before ? completed(line, before, known) : none
}

/** The payment that a question is about: "would $200 to Merchant pass now, and why". */
export function askedOf(question: string, known: Known): Ordered {
  const line = question.replace(verb, '')
  return isDisguised(line) ? none : readOrders(line, known)
}

function withoutCourtesy(own: string, agentName: string): string {
  let line = own
  for (let count = 0; count < 5; count++) {
    const named = line.toLowerCase().startsWith(agentName.toLowerCase())
      ? /^[,:]? +/.exec(line.slice(agentName.length))
      : null
    const next = named ? line.slice(agentName.length + named[0].length) : line.replace(polite, '')
    if (next === line) return line
    line = next
  }
  return line
}

function readOrders(text: string, known: Known): Ordered {
  const orders: Order[] = []
  let rest = text
  while (true) {
    const read = readOrder(rest, known)
    if (read.kind !== 'order') return read.kind === 'half' && orders.length > 0 ? unclear(how) : read
    orders.push(read.order)
    rest = read.rest
    if (farewell.test(rest)) break
    const next = between.exec(rest)
    if (!next) return unclear(`I understood ${said(read.order)}, but not "${rest.trim()}". I pay once, and now. ${how}`)
    rest = rest.slice(next[0].length).replace(verb, '')
  }
  if (orders.length > atMost) return unclear(`I take ${atMost} payments at a time. Tell me the others afterwards.`)
  const stranger = orders.length > 1 && orders.find(({ recipient }) => !readRecipient(recipient, known.contacts).known)
  if (stranger)
    return unclear(`I know nobody by the name of "${stranger.recipient}", so I have begun none of these. ${how}`)
  return { kind: 'orders', orders }
}

type ReadOrder = Exclude<Ordered, { kind: 'orders' }> | { kind: 'order'; order: Order; rest: string }

function readOrder(text: string, known: Known): ReadOrder {
  if (inexact.test(text)) return { kind: 'unclear', sentence: `Say the exact amount. ${how}` }
  const first = readMoney(text)
  if (first) {
    if ('fault' in first) return { kind: 'unclear', sentence: moneyFaults[first.fault] }
    return moneyFirst(first.money, text.slice(first.length), known)
  }
  return recipientFirst(text.replace(/^to +/i, ''), known)
}

/** `$10 to Merchant for lunch` */
function moneyFirst(money: Money, rest: string, known: Known): ReadOrder {
  if (farewell.test(rest)) return { kind: 'half', half: { money } }
  const to = /^ (?:to|into) +/i.exec(rest)
  if (!to) return { kind: 'unclear', sentence: how }
  const read = readRecipient(rest.slice(to[0].length), known.contacts)
  return ordered(money, read, rest.slice(to[0].length + read.length), known)
}

/** `Merchant $10 for lunch` */
function recipientFirst(text: string, known: Known): ReadOrder {
  const read = readRecipient(text, known.contacts)
  if (read.fault) return { kind: 'unclear', sentence: read.fault }
  const rest = text.slice(read.length)
  if (read.known && farewell.test(rest)) return { kind: 'half', half: { recipient: read.name } }
  const gap = /^[:,]? +/.exec(rest)
  const money = gap && readMoney(rest.slice(gap[0].length))
  // "Pay this invoice", "pay him": what they point at is nothing the person said.
  if (!money) return read.known ? { kind: 'unclear', sentence: how } : { kind: 'none' }
  if ('fault' in money) return { kind: 'unclear', sentence: moneyFaults[money.fault] }
  return ordered(money.money, read, rest.slice(gap[0].length + money.length), known)
}

function ordered(money: Money, recipient: Recipient, rest: string, known: Known): ReadOrder {
  if (recipient.fault) return { kind: 'unclear', sentence: recipient.fault }
  const { purpose, after } = readPurpose(rest, known)
  if (conditions.test(purpose ?? '') || conditions.test(after)) {
    return {
      kind: 'unclear',
      sentence: 'I pay once, and now: no conditions, dates or repeats. Say only what to pay now.',
    }
  }
  return { kind: 'order', order: { ...money, recipient: recipient.name, purpose }, rest: after }
}

/** `for lunch`, up to where another order begins. */
function readPurpose(rest: string, known: Known): { purpose: string | null; after: string } {
  const begun = /^,? (?:for|as) +/i.exec(rest)
  if (!begun) return { purpose: null, after: rest }
  const text = rest.slice(begun[0].length)
  for (let index = 0; index < text.length; index++) {
    const next = between.exec(text.slice(index))
    if (next && beginsOrder(text.slice(index + next[0].length).replace(verb, ''), known)) {
      return { purpose: text.slice(0, index).trim(), after: text.slice(index) }
    }
  }
  return { purpose: text.replace(/[.!?\s]+$/, ''), after: '' }
}

function beginsOrder(text: string, known: Known): boolean {
  const money = readMoney(text)
  const to = money && /^ (?:to|into) +/i.exec(text.slice(money.length))
  if (money && to) return readRecipient(text.slice(money.length + to[0].length), known.contacts).known
  const recipient = readRecipient(text.replace(/^to +/i, ''), known.contacts)
  return recipient.known && /^[:,]? +\$? ?\d/.test(text.replace(/^to +/i, '').slice(recipient.length))
}

/** The other half of an order, when this line is that and nothing else. */
function completed(line: string, before: HalfOrder, known: Known): Ordered {
  if (before.money) {
    const text = line.replace(/^to +/i, '')
    const read = readRecipient(text, known.contacts)
    if (!read.known || !farewell.test(text.slice(read.length))) return none
    return { kind: 'orders', orders: [{ ...before.money, recipient: read.name, purpose: null }] }
  }
  const read = readMoney(line)
  if (!read || !farewell.test(line.slice(read.length))) return none
  if ('fault' in read) return unclear(moneyFaults[read.fault])
  return { kind: 'orders', orders: [{ ...read.money, recipient: before.recipient, purpose: null }] }
}

function said({ amount, asset, recipient }: Order): string {
  return `"${amount} ${asset} to ${recipient}"`
}
