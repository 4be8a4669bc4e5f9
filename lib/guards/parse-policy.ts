import { type Named, phrases } from '#lib/guards/policy-phrases.ts'
import type { Guard } from '#lib/guards/schema.ts'

export type PolicyRules = { understood: { text: string; guard: Guard }[]; notUnderstood: string[] }

/** What stands before each line of a list. */
const listMark = /^[ \t]*(?:[-*•]|\d{1,2}[.)])[ \t]+/gmu

/**
 * Reads a policy in plain English into guards, and says which words became none. It guesses nothing: a phrase becomes a
 * guard only when every word of it is understood. The same text always reads the same.
 */
export function parsePolicy(text: string, contacts: readonly Named[] = []): PolicyRules {
  const read: PolicyRules = { understood: [], notUnderstood: [] }
  const plain = text.replaceAll(listMark, '')
  for (const sentence of plain.split(/[\n\r;!]+|\.(?=\s|$)/u)) {
    const words = sentence.replaceAll(/\s+/gu, ' ').trim()
    if (words !== '') readSentence(words, contacts, read)
  }
  return read
}

/** The longest beginning that can be read becomes a guard, and then what follows the comma or the "and". */
function readSentence(words: string, contacts: readonly Named[], read: PolicyRules): void {
  let rest = words
  while (rest !== '') {
    const ends = [rest.length, ...[...rest.matchAll(/,? (?:and|but|then) |, /gu)].map(({ index }) => index).reverse()]
    const end = ends.find((at) => readPhrase(rest.slice(0, at), contacts) !== null)
    if (end === undefined) {
      read.notUnderstood.push(rest)
      return
    }
    const text = rest.slice(0, end)
    const guard = readPhrase(text, contacts)
    if (guard) read.understood.push({ text, guard })
    rest = rest.slice(end).replace(/^,? (?:and |but |then )?/u, '')
  }
}

function readPhrase(words: string, contacts: readonly Named[]): Guard | null {
  const text = words.normalize('NFC').toLowerCase().replaceAll('’', "'").trim()
  for (const { form, read } of phrases) {
    const match = form.exec(text)
    const guard = match && read(match.groups ?? {}, contacts)
    if (guard) return guard
  }
  return null
}
