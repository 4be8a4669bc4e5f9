export type Totals = { passed: number; failed: number; skipped: number }

export const nothing: Totals = { passed: 0, failed: 0, skipped: 0 }

export function add(a: Totals, b: Totals): Totals {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped }
}

/**
 * Prints the line that machines read, and says by the exit code whether all is well. A skipped test counts as a failure:
 * nothing here is skipped on purpose, so one that was skipped proves nothing.
 */
export function close(totals: Totals): void {
  if (totals.skipped > 0) console.log(`${totals.skipped} skipped, which counts as failed: every test has to run.`)
  if (totals.passed + totals.failed + totals.skipped === 0) console.log('Not one test ran.')
  const failed = totals.failed + totals.skipped
  console.log(`${totals.passed} passed, ${failed} failed`)
  process.exitCode = failed > 0 || totals.passed === 0 ? 1 : 0
}
