import { expect, test } from 'vitest'
import { env } from '#lib/env.ts'
import { requireSameOrigin } from '#lib/http/same-origin.ts'

const from = (origin?: string) =>
  new Request(`${env().APP_URL}/api/v1/anything`, { method: 'POST', headers: origin === undefined ? {} : { origin } })

test.each([
  'https://evil.example',
  'null',
  `${env().APP_URL}.evil.example`,
  env().APP_URL.replace('http', 'https'),
  `${env().APP_URL}:8080`,
])('what %s causes is refused', (origin) => {
  expect(() => requireSameOrigin(from(origin))).toThrow(
    expect.objectContaining({ status: 403, code: 'foreign_origin' }),
  )
})

test('our own page may, and so may a program, which sends no origin', () => {
  expect(() => requireSameOrigin(from(env().APP_URL))).not.toThrow()
  expect(() => requireSameOrigin(from())).not.toThrow()
})
