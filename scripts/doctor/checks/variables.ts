import { environmentNames } from '#lib/env.ts'
import { variableSources } from '#lib/variable-sources.ts'
import { type Check, fail, ok, type Verdict, warn } from '#scripts/doctor/check.ts'

/** Every variable that is missing, malformed, or looks like a misspelling of another. Values are never shown. */
export const variables: Check = {
  name: 'variables',
  look: ({ faults, variables: given }) => {
    const wrong = faults.map(({ name, missing, message }): Verdict => {
      const source = variableSources[name]
      const verdict = fail(missing ? 'is not set' : message, `Set ${name}${source ? `: ${source}` : ''}.`)
      return { ...verdict, of: name }
    })
    const names = Object.keys(given).filter((name) => (given[name] ?? '') !== '')
    const misspelt = names.flatMap((name): Verdict[] => {
      const meant = nearMiss(name, names)
      return meant ? [{ ...warn('is set, and nothing reads it', `Rename ${name} to ${meant}.`), of: name }] : []
    })
    const set = names.filter((name) => environmentNames.some((known) => known === name)).length
    return wrong.length + misspelt.length > 0 ? [...wrong, ...misspelt] : ok(`${set} are set, each of the right form`)
  },
}

/** The variable that is read, is not set, and differs from the given name by at most two letters. */
function nearMiss(name: string, given: string[]): string | undefined {
  if (environmentNames.some((known) => known === name)) return undefined
  return environmentNames.find((known) => !given.includes(known) && known.length > 6 && distance(name, known) <= 2)
}

/** Levenshtein's distance. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1]
    for (const [j, other] of [...b].entries()) {
      next.push(Math.min((next[j] ?? 0) + 1, (row[j + 1] ?? 0) + 1, (row[j] ?? 0) + (letter === other ? 0 : 1)))
    }
    row = next
  }
  return row[b.length] ?? 0
}
