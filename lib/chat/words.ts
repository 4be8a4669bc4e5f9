/** What a person sent: what they typed, and the documents that they showed with it. */
export type Sent = { text: string; documents: string[] }

/** The parts of what was sent that are told apart: words of the person's own, and text that somebody else may have written. */
export type Words = { own: string; documents: string[] }

/** A line that a person types. What is longer, or has several, is more likely to be pasted than said. */
const lineLength = 280

const lineBreak = /[\n\r\v\f\u0085\u2028\u2029]/

/**
 * Which words are the person's own. A single line of ordinary length is; several lines, or a long one, are a document like
 * those that were shown as such. Nothing in a document can order a payment, however it is worded.
 */
export function wordsOf({ text, documents }: Sent): Words {
  const own = text.trim()
  if (own.length > lineLength || lineBreak.test(own)) return { own: '', documents: [own, ...documents] }
  return { own: own.normalize('NFC').replace(/\p{Zs}+/gu, ' '), documents }
}

const disguises = [
  // What is not seen, turns the reading around, or only looks like a letter or a digit.
  /[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\p{Cc}\p{Co}\p{Cn}]/u,
  /(?![0-9])[\p{Nd}\p{Nl}\p{No}]/u,
  /[\uff00-\uffef\u2024\u2044\u2215\u{1d400}-\u{1d7ff}]/u,
]

const scripts = [/\p{Script=Latin}/u, /\p{Script=Cyrillic}/u, /\p{Script=Greek}/u, /\p{Script=Armenian}/u]

/** Whether a text has characters that can pass for others: invisible ones, foreign digits, letters of two alphabets in a word. */
export function isDisguised(text: string): boolean {
  return (
    disguises.some((disguise) => disguise.test(text)) ||
    text.split(/[\s,;]+/u).some((word) => scripts.filter((script) => script.test(word)).length > 1)
  )
}
