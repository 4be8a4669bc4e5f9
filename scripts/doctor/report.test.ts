import { expect, test } from 'vitest'
import type { Finding } from '#scripts/doctor/check.ts'
import { report } from '#scripts/doctor/report.ts'

const findings: Finding[] = [
  { group: 'Configuration', name: 'APP_URL', state: 'ok', seen: 'https://pay.example.com' },
  { group: 'Configuration', name: 'WALLETCONNECT_PROJECT_ID', state: 'warn', seen: 'is not set', step: 'Set its id.' },
  { group: 'Database', name: 'login', state: 'fail', seen: 'refused', step: 'Set the password again.' },
  { group: 'Database', name: 'roles', state: 'skip', seen: 'not asked: see login' },
]

test('a table by group, the steps with failures first, and the sum', () => {
  expect(report(findings, { colour: false })).toBe(`
Configuration
  ok    APP_URL                   https://pay.example.com
  warn  WALLETCONNECT_PROJECT_ID  is not set

Database
  FAIL  login                     refused
  –     roles                     not asked: see login

What to do
  1. Database, login: Set the password again.
  2. Configuration, WALLETCONNECT_PROJECT_ID: Set its id.

Not ready: 1 right, 1 to look at, 1 wrong, 1 not asked.`)
})

test('without a failure it is ready, and without a step there is nothing to do', () => {
  const text = report(findings.slice(0, 1), { colour: false })
  expect(text).not.toContain('What to do')
  expect(text).toMatch(/Ready: 1 right/)
})
