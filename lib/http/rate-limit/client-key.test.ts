import { expect, test } from 'vitest'
import { clientKey } from '#lib/http/rate-limit/client-key.ts'

test.each([
  ['a:b:c:d:e:f@example.com', 'a:b:c:d:e:f@example.com'],
  ['203.0.113.7', '203.0.113.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:0DB8:0001:0002::9', '2001:db8:1:2'],
  ['2001:db8::1', '2001:db8:0:0'],
  ['::1', '0:0:0:0'],
  ['::', '0:0:0:0'],
])('%s counts as %s', (ip, key) => {
  expect(clientKey(ip)).toBe(key)
})
