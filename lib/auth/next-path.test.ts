import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { safeNextPath } from '#lib/auth/next-path.ts'

describe('where signing in leads to', () => {
  test.each(['/', '/activity', '/pay/abc#secret', '/operate/webhooks?status=failed&page=2', '/signed', '/apiary'])(
    '%s is kept',
    (path) => {
      expect(safeNextPath(path)).toBe(path)
    },
  )

  test.each([
    ['another site', 'https://evil.example/'],
    ['without a scheme', '//evil.example'],
    ['with a backslash', '/\\evil.example'],
    ['with two backslashes', '\\\\evil.example'],
    ['with a tab that parsers drop', '/\t/evil.example'],
    ['with a line break', '/\n/evil.example'],
    ['with a dot that parsers drop', '/.//evil.example'],
    ['a script', 'javascript:alert(1)'],
    ['a relative path', 'activity'],
    ['nothing', ''],
    ['no text', undefined],
    ['several', ['/a', '/b']],
    ['sign-in itself', '/sign-in?next=/sign-in'],
    ['the API', '/api/v1/me'],
    ['the API by a detour', '/x/../api/v1/me'],
    ['beyond measure', `/${'a'.repeat(3000)}`],
  ])('%s leads to Activity instead', (_, path) => {
    expect(safeNextPath(path)).toBe('/activity')
  })

  test('whatever is given, the browser stays on the site', () => {
    const pieces = fc.constantFrom(
      '/',
      '\\',
      '.',
      '..',
      ':',
      '@',
      '%2f',
      '%5c',
      '\t',
      '\n',
      ' ',
      'evil.example',
      'http:',
      'https:',
      '?',
      '#',
    )
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 8 }), (parts) => {
        const path = safeNextPath(parts.join(''))
        expect(new URL(path, 'https://causeway.example').origin).toBe('https://causeway.example')
      }),
    )
  })
})
