import { expect, test } from 'vitest'
import { importsOf, reachedFrom } from '#scripts/pack-worker.ts'

test.each([
  ["import { a } from 'a'", ['a']],
  ["import a, { type B } from '@b/c/d'", ['@b/c/d']],
  ["import {\n  a,\n  b,\n} from '#lib/a.ts'", ['#lib/a.ts']],
  ["import 'a'", ['a']],
  ["export { a } from 'a'", ['a']],
  ["const { a } = await import('a')", ['a']],
  ["import type { A } from 'a'", []],
  ["export type { A } from 'a'", []],
  ["import type { A } from 'a'\nimport { b } from 'b'", ['b']],
  ["export const a = 1\nconst b = { from: 'c' }", []],
])('%j', (source, expected) => {
  expect(importsOf(source)).toEqual(expected)
})

test('the worker needs its tasks and its drivers, and nothing of the pages', () => {
  const { files, packages } = reachedFrom('lib/jobs/worker.ts')
  expect(files).toEqual(expect.arrayContaining(['lib/jobs/worker.ts', 'lib/onramp/tasks/deliver.ts']))
  expect(files.filter((file) => !file.startsWith('lib/') || file.includes('.test.'))).toEqual([])
  expect(packages).toEqual(expect.arrayContaining(['graphile-worker', 'postgres', 'stripe', 'viem', 'zod']))
  expect(packages.filter((name) => /^(next|react|@supabase)/.test(name))).toEqual([])
})
