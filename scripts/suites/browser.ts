import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chromium } from '@playwright/test'

const installed = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/**
 * Finds a Chromium for the end-to-end tests, or installs one by whatever the machine has: one that is there, Playwright's
 * own, or the system's package manager. Resolves to its path; throws a sentence that says what to do.
 */
export function findBrowser(): string {
  const present = presentBrowser()
  if (present) return present
  console.log('No Chromium here yet. Trying Playwright’s own, then the system’s package manager.')
  run('playwright', ['install', 'chromium'])
  const own = presentBrowser()
  if (own) return own
  if (
    run('apt-get', ['update', '-qq']) &&
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'])
  ) {
    const packaged = presentBrowser()
    if (packaged) return packaged
  }
  throw new Error(
    'The end-to-end tests need Chromium, and it could not be installed here. Install it (Debian: apt-get install chromium), or set CHROMIUM_PATH to one, and run npm test again.',
  )
}

function presentBrowser(): string | undefined {
  const named = process.env.CHROMIUM_PATH
  return [...(named ? [named] : []), chromium.executablePath(), ...installed].find((path) => path && existsSync(path))
}

function run(command: string, args: string[]): boolean {
  const result = spawnSync(command, args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: 180_000,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  })
  return result.status === 0
}
