import { expect, test } from 'vitest'
import { citedPaths } from '#scripts/checks/document-references.ts'

test('a link counts from the document’s folder, a code span from the root', () => {
  expect(citedPaths('See [how](./decisions/0001-x.md#why) and `lib/db/as.ts`.', 'docs')).toEqual([
    'docs/decisions/0001-x.md',
    'lib/db/as.ts',
  ])
})

test('what is no path of the project is left alone', () => {
  const text =
    'A [site](https://example.com), an [anchor](#here), `npm test`, `app.quote_onramp()`, `lib/<noun>/<verb>.ts`.'
  expect(citedPaths(text, '.')).toEqual([])
})

test('a block of code is an example, not a reference', () => {
  expect(citedPaths('```\n[x](gone.md) `lib/gone.ts`\n```\n', '.')).toEqual([])
})
