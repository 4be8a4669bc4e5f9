import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const text = readFileSync('docs/threats.md', 'utf8')
const cited = [...text.matchAll(/`([\w./[\]-]+\.(?:test|spec)\.ts)::([^`]+)`/g)].map(([, file = '', name = '']) => ({
  file,
  name,
}))

test('every test that docs/threats.md cites exists', () => {
  const missing = cited.filter(({ file, name }) => !existsSync(file) || !readFileSync(file, 'utf8').includes(name))
  expect(missing).toEqual([])
  expect(cited.length).toBeGreaterThan(50)
})

test('each threat has one number, in order', () => {
  const ids = [...text.matchAll(/^\| (T\d+) +\|/gm)].map(([, id]) => id)
  expect(ids).toEqual(ids.map((_, index) => `T${String(index + 1).padStart(2, '0')}`))
})
