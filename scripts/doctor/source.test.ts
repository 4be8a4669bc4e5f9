import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { readVariables } from '#scripts/doctor/source.ts'

const dir = mkdtempSync(join(tmpdir(), 'causeway-doctor-'))
afterAll(() => rmSync(dir, { recursive: true }))

const file = (name: string, text: string): string => {
  writeFileSync(join(dir, name), text)
  return join(dir, name)
}

test('a file of JSON, as the local world writes it', () => {
  expect(readVariables(file('env.json', '{"APP_URL":"http://a"}'), {}).variables).toEqual({ APP_URL: 'http://a' })
})

test('a file of NAME=value, as vercel env pull writes it', () => {
  const { variables } = readVariables(
    file('.env.production', '# Created by Vercel\nAPP_URL="https://a"\nVERCEL="1"\n'),
    {},
  )
  expect(variables).toEqual({ APP_URL: 'https://a', VERCEL: '1' })
})

test('the environment, where any of our variables is set in it', () => {
  expect(readVariables(undefined, { APP_URL: 'https://a', HOME: '/root' })).toEqual({
    from: 'the environment',
    isLocalWorld: false,
    variables: { APP_URL: 'https://a', HOME: '/root' },
  })
})

test('a file that is not there', () => {
  expect(() => readVariables(join(dir, 'none.env'), {})).toThrow('none.env cannot be read.')
})
