import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { findBrowser } from '#scripts/suites/browser.ts'
import { inFolder } from '#scripts/suites/folder.ts'
import { runProgram } from '#scripts/suites/run-program.ts'
import { nothing, type Totals } from '#scripts/totals.ts'

type Report = { errors: unknown[]; stats: { expected: number; unexpected: number; flaky: number; skipped: number } }

/** Runs the end-to-end tests, or those that the arguments name, and resolves to their totals. */
export function playwright(args: string[]): Promise<Totals> {
  return inFolder(async (folder) => {
    const file = join(folder, 'report.json')
    const code = await runProgram('playwright', ['test', '--reporter=list,json', ...args], {
      PLAYWRIGHT_JSON_OUTPUT_FILE: file,
      CHROMIUM_PATH: findBrowser(),
      CAUSEWAY_TEST_WORLD: join(folder, 'world'),
    })
    const report = await readFile(file, 'utf8')
      .then((text) => JSON.parse(text) as Report)
      .catch(() => undefined)
    if (!report) return { ...nothing, failed: 1 }
    const { expected, unexpected, flaky, skipped } = report.stats
    const failed = unexpected + flaky
    // The world that does not start, or an error outside of any test, fails the run without failing a test.
    return { passed: expected, failed: failed === 0 && code !== 0 ? 1 : failed, skipped }
  })
}
