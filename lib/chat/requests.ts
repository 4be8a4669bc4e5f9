import { askedOf, type Known, type Order } from '#lib/chat/orders.ts'
import type { IntentStatus } from '#lib/intents/schema.ts'

/** What a person's line asks for, as far as rules can tell. */
export type ChatRequest =
  | {
      kind:
        | 'confirm'
        | 'approve'
        | 'balance'
        | 'why'
        | 'contacts'
        | 'guards'
        | 'freeze'
        | 'receipt'
        | 'cancel'
        | 'help'
        | 'thanks'
        | 'unknown'
    }
  | { kind: 'simulate'; orders: Order[] }
  | { kind: 'payments'; status?: IntentStatus; search?: string }
  | { kind: 'link'; amount: string | null }
  | { kind: 'unclear'; sentence: string }

const question =
  /^(?:(?:and |so )?what if i (?:pay|send|sent|paid)|would|will|could i|can i|may i|should i|simulate|test|am i allowed to|is it ok(?:ay)? to)(?: (?:pay|send|paying|sending))? +/i
const passing =
  /[, ]+(?:pass|go through|be (?:allowed|approved|refused|ok|okay)|work|be possible|be fine)(?: (?:now|today|right now))?(?:,? and why)?[?.! ]*$/i

type Rule = [RegExp, (line: string) => ChatRequest]

const statuses: [RegExp, IntentStatus][] = [
  [/\b(?:refused|denied|rejected|blocked)\b/i, 'denied'],
  [/\b(?:waiting|pending|approvals?|to approve)\b/i, 'needs_approval'],
  [/\bfailed\b/i, 'failed'],
  [/\brefund(?:ed|s)?\b/i, 'refunded'],
  [/\b(?:settled|paid|completed|successful)\b/i, 'settled'],
]

/** The first that fits is meant. None of these moves money. */
const rules: Rule[] = [
  [
    /^(?:yes|yep|yeah|ok|okay|confirm|confirmed|confirm it|yes,? (?:please|pay it|confirm|do it)|pay it|do it|go ahead|correct)[.! ]*$/i,
    () => ({ kind: 'confirm' }),
  ],
  [/^(?:please )?(?:approve|deny|reject|accept)\b/i, () => ({ kind: 'approve' })],
  [/\bwhy\b|\bexplain\b|\bwhat (?:went wrong|happened)\b|\breason\b/i, () => ({ kind: 'why' })],
  [
    /\b(?:payment )?link\b|\brequest (?:a )?payment\b|\bget paid\b/i,
    (line) => ({ kind: 'link', amount: amountIn(line) }),
  ],
  [/\bguards?\b|\blimits?\b|\bbudget\b|\brules?\b|\bpolicy\b|\bthreshold\b/i, () => ({ kind: 'guards' })],
  [/\breceipts?\b/i, () => ({ kind: 'receipt' })],
  [/\b(?:freeze|unfreeze|thaw|stop (?:paying|everything))\b/i, () => ({ kind: 'freeze' })],
  [/^(?:please )?(?:cancel|stop|undo|revoke)\b|\brefund (?:it|that|me)\b/i, () => ({ kind: 'cancel' })],
  [/\bcontacts?\b|\bwho(?:m)? (?:can|may) (?:i|you) pay\b|\baddress book\b/i, () => ({ kind: 'contacts' })],
  [/\b(?:history|payments?|transactions?|transfers?|activity|spent|paid|spend(?:ing)?|pending|waiting)\b/i, payments],
  [/\bbalance\b|\bhow much\b|\bfunds\b|\bmoney\b|\bwallet\b|\bhave left\b|\baddress\b/i, () => ({ kind: 'balance' })],
  [
    /^(?:help|hi|hello|hey|what can you do|how does this work|\?)[?.! ]*$|\bhelp\b|\bwhat can (?:you|i)\b/i,
    () => ({ kind: 'help' }),
  ],
  [/^(?:thanks|thank you|great|nice|perfect|cool|good)\b/i, () => ({ kind: 'thanks' })],
]

/** Reads a line that orders nothing: what it asks to be told. */
export function requestOf(own: string, known: Known): ChatRequest {
  const asked = question.exec(own)
  if (asked) {
    const read = askedOf(own.slice(asked[0].length).replace(passing, ''), known)
    if (read.kind === 'orders') return { kind: 'simulate', orders: read.orders }
    if (read.kind === 'unclear' && /\d/.test(own)) return { kind: 'unclear', sentence: read.sentence }
  }
  for (const [pattern, make] of rules) if (pattern.test(own)) return make(own)
  return { kind: 'unknown' }
}

function payments(line: string): ChatRequest {
  const status = statuses.find(([pattern]) => pattern.test(line) && !/\bpaid\b.*\b(?:to|for)\b/i.test(line))?.[1]
  const search = /\b(?:to|for|with|from) (?:the )?([@\p{L}\p{N}][^?.!,]{0,60})[?.! ]*$/iu.exec(line)?.[1]?.trim()
  return { kind: 'payments', ...(status ? { status } : {}), ...(search ? { search } : {}) }
}

function amountIn(line: string): string | null {
  return /(?:^|[\s$])(\d+(?:\.\d+)?)(?=$|[\s?.!,])/.exec(line)?.[1] ?? null
}

/** Whether a line asks to pay what a document says: "pay this invoice". */
export function pointsAtDocument(own: string): boolean {
  return /\b(?:pay|settle|handle|process|do)\b.*\b(?:this|that|the|it|my)\b|\b(?:invoice|bill|document)\b/i.test(own)
}
