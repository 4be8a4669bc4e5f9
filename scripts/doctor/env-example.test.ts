import { readFileSync } from 'node:fs'
import { parseEnv } from 'node:util'
import { expect, test } from 'vitest'
import { environmentNames } from '#lib/env.ts'
import { variableSources } from '#lib/variable-sources.ts'

const example = parseEnv(readFileSync('.env.example', 'utf8'))

test('.env.example has each variable that is read, and no other', () => {
  // Vercel sets its own.
  const read = environmentNames.filter((name) => name !== 'VERCEL')
  expect(Object.keys(example).sort()).toEqual(read.sort())
})

test('.env.example holds no secret', () => {
  for (const [name, value] of Object.entries(example))
    if (/SECRET|KEY/.test(name)) expect(value, name).toMatch(/^\w{0,15}$/)
})

test('the doctor tells of variables that exist', () => {
  expect(Object.keys(variableSources).filter((name) => !environmentNames.some((known) => known === name))).toEqual([])
})
