/** Whom a text names at its beginning. `known` says that it is written as a whole address, a handle, or a contact's name. */
export type Recipient = { name: string; length: number; known: boolean; fault?: string }

const address = /^0x[0-9a-f]{40}(?![0-9a-z])/i
const handle = /^@[a-z][a-z0-9_]{2,19}(?![\w-])/i
/** Where an unknown name ends: at what it is for, at the next order, at an amount, or with the sentence. */
const unknown = /^(?:(?! for | as |,| and |;| \$?\d| please\b| now\b|[.!?]+$).)+/i

/**
 * Reads a recipient at the beginning of a text. The longest contact's name counts, as a whole and letter by letter: a name that is nearly
 * a contact's is not one. A handle needs its @, so that nobody is paid for having taken a contact's name as theirs.
 */
export function readRecipient(text: string, contacts: readonly string[]): Recipient {
  const exact = address.exec(text) ?? handle.exec(text)
  if (exact) return { name: exact[0], length: exact[0].length, known: true }
  const contact = longestAt(text, contacts)
  if (contact) return contact
  const article = /^the /i.exec(text)
  const named = article && longestAt(text.slice(article[0].length), contacts)
  if (named) return { ...named, length: named.length + article[0].length }
  const name = (unknown.exec(text)?.[0] ?? '').trim()
  const fault = /^0x/i.test(name)
    ? `This address has ${name.length} characters, and a whole one has 42: 0x and 40 hexadecimal digits. Copy it again.`
    : undefined
  return { name, length: name.length, known: false, ...(fault ? { fault } : {}) }
}

function longestAt(text: string, contacts: readonly string[]): Recipient | undefined {
  const name = contacts
    .filter((contact) => text.slice(0, contact.length).toLowerCase() === contact.toLowerCase())
    .filter((contact) => /^(?:$|[\s,;:.!?])/.test(text.slice(contact.length)))
    .toSorted((one, other) => other.length - one.length)[0]
  return name === undefined ? undefined : { name, length: name.length, known: true }
}

/** The contacts whose names are nearest to one that nobody has: never used by themselves, only asked about. */
export function nearest(name: string, contacts: readonly string[]): string[] {
  const sought = name.toLowerCase()
  return contacts
    .filter((contact) => {
      const candidate = contact.toLowerCase()
      return candidate.includes(sought) || sought.includes(candidate) || distance(sought, candidate) <= 2
    })
    .slice(0, 3)
}

/** How many letters have to be changed, added or taken away (Levenshtein). */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (const [index, letter] of [...one].entries()) {
    const next = [index + 1]
    for (let at = 1; at <= other.length; at++) {
      const same = letter === other[at - 1] ? 0 : 1
      next.push(Math.min((row[at] ?? 0) + 1, (next[at - 1] ?? 0) + 1, (row[at - 1] ?? 0) + same))
    }
    row = next
  }
  return row.at(-1) ?? 0
}
