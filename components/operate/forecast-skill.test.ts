import { expect, test } from 'vitest'
import { coverageOf, skillOf } from '#components/operate/forecast-skill.ts'

test.each([
  ['0.2719', 'the model, 27.2%'],
  ['-0.0064', 'the last price, 0.6%'],
  ['-0.0003', 'the last price, less than 0.1%'],
  ['0.0000', 'neither'],
  [null, 'neither'],
])('a skill of %s is: %s', (skill, words) => {
  expect(skillOf(skill)).toBe(words)
})

test('coverage is of a hundred', () => {
  expect(['79.49', '95', '100'].map(coverageOf)).toEqual(['79%', '95%', '100%'])
})
