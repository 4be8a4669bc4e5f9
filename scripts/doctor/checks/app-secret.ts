import { type Check, fail, ok } from '#scripts/doctor/check.ts'

/** Below this, a secret was typed and not drawn: of 200,000 draws of 32 hexadecimal digits, the least there can be, none came lower. */
const leastBits = 67
const words = /secret|change|example|password|causeway|default/i

/** Whether APP_SECRET, which seals quotes and stored answers, looks random. */
export const appSecret: Check = {
  name: 'APP_SECRET',
  needs: ['APP_SECRET'],
  look: ({ need }) => {
    const secret = need('APP_SECRET')
    const weakness = words.test(secret)
      ? 'holds a word'
      : estimatedBits(secret) < leastBits
        ? 'repeats itself'
        : undefined
    return weakness === undefined
      ? ok('looks random')
      : fail(`${weakness}, so it could be guessed`, 'Replace it with the output of `openssl rand -base64 32`.')
  },
}

/** Shannon's estimate from the letters, less what pairs of letters say twice. */
export function estimatedBits(text: string): number {
  const counts = new Map<string, number>()
  for (const letter of text) counts.set(letter, (counts.get(letter) ?? 0) + 1)
  const bits = [...counts.values()].reduce((sum, count) => sum - count * Math.log2(count / text.length), 0)
  const pairs = Array.from({ length: text.length - 1 }, (_, index) => text.slice(index, index + 2))
  return (bits * new Set(pairs).size) / pairs.length
}
