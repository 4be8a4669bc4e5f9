import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { duration, wordsOf } from '#lib/alerts/message.ts'

const schema = readFileSync('supabase/schema.sql', 'utf8')
const conditions = schema.match(/FUNCTION private\.\w+_conditions\(\).*?^\$function\$/gms) ?? []
const links = conditions.join('').match(/'\/operate[a-z/]*'/g) ?? []

test('every link of an alert is to a page that the desk has', () => {
  const pages = [...new Set(links)].map((link) => link.slice(1, -1))
  expect(pages.length).toBeGreaterThan(5)
  // One that ends in a slash goes on with an id.
  const missing = pages.filter((page) => !existsSync(`app/(operator)${page.replace(/\/$/, '/[id]')}/page.tsx`))
  expect(missing).toEqual([])
})

test.each([
  [0, 'less than a second'],
  [59, '59 seconds'],
  [60, '1 minute'],
  [754, '12 minutes 34 seconds'],
  [3_600, '1 hour'],
  [90_061, '1 day 1 hour'],
  [2 * 86_400 + 59 * 60, '2 days'],
])('%i seconds are %s', (seconds, words) => {
  expect(duration(seconds)).toBe(words)
})

test('a digest of a few names each of them and says no number of others', () => {
  const notice = { kind: 'finding', title: 'A part', detail: '', path: '/operate/health', since: new Date(0) }
  const notices = [
    { ...notice, note: 'opened' as const, lastedSeconds: null },
    { ...notice, note: 'cleared' as const, lastedSeconds: 5 },
  ]
  expect(
    wordsOf({ channel: 'chat', digest: true, opened: 1, cleared: 1, notices }, 'https://pay.example.com').text,
  ).toBe(
    [
      'Alerts: 1 new, 1 over',
      '• Alert: A part (since 1970-01-01 00:00 UTC)',
      '• Over: A part (since 1970-01-01 00:00 UTC)',
      'https://pay.example.com/operate/health',
    ].join('\n'),
  )
})
