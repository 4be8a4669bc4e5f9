import { describe, expect, test } from 'vitest'
import { bearerToken } from '#lib/auth/request-actor.ts'

function request(authorization?: string): Request {
  return new Request(
    'https://causeway.example/api/v1/me',
    authorization === undefined ? {} : { headers: { authorization } },
  )
}

describe('the credential of a request', () => {
  test.each([
    ['a secret', 'Bearer s3cr-et_x', 's3cr-et_x'],
    ['an access token', 'Bearer aaa.bbb.ccc', 'aaa.bbb.ccc'],
    ['the scheme in lower case', 'bearer abc', 'abc'],
    ['spaces around', 'Bearer   abc ', 'abc'],
  ])('%s is read', (_, header, expected) => {
    expect(bearerToken(request(header))).toBe(expected)
  })

  test.each([
    ['no header', undefined],
    ['an empty header', ''],
    ['the scheme alone', 'Bearer'],
    ['another scheme', 'Basic dXNlcjpwYXNz'],
    ['two credentials', 'Bearer abc def'],
    ['characters no token has', 'Bearer "abc"'],
  ])('%s is no credential', (_, header) => {
    expect(bearerToken(request(header))).toBeUndefined()
  })
})
