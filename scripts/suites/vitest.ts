import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { inFolder } from '#scripts/suites/folder.ts'
import { findKcat } from '#scripts/suites/kcat.ts'
import { runProgram } from '#scripts/suites/run-program.ts'
import { nothing, type Totals } from '#scripts/totals.ts'

type Report = {
  success: boolean
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  numTodoTests: number
}

/** Runs one project of vitest.config.ts, showing what it says, and resolves to its totals. */
export function vitest(project: 'unit' | 'sandbox' | 'db'): Promise<Totals> {
  if (project !== 'sandbox') bringKcat()
  return inFolder(async (folder) => {
    const file = join(folder, 'report.json')
    const args = ['run', `--project=${project}`, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
    const code = await runProgram('vitest', args, { CAUSEWAY_TEST_POSTGRES: join(folder, 'postgres') })
    const report = await readFile(file, 'utf8')
      .then((text) => JSON.parse(text) as Report)
      .catch(() => undefined)
    if (!report) return { ...nothing, failed: 1 }
    const failed = report.numFailedTests
    return {
      passed: report.numPassedTests,
      // A file that cannot be loaded, or an error outside of any test, fails the run without failing a test.
      failed: failed === 0 && (code !== 0 || !report.success) ? 1 : failed,
      skipped: report.numPendingTests + report.numTodoTests,
    }
  })
}

/** Before any test waits for it, as installing takes longer than a test may. Those that need it fail where it cannot be had. */
function bringKcat(): void {
  try {
    findKcat()
  } catch (error) {
    console.log(error instanceof Error ? error.message : error)
  }
}
