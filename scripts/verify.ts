import { checks } from '#scripts/checks/all.ts'
import { runChecks } from '#scripts/checks/check.ts'
import { vitest } from '#scripts/suites/vitest.ts'
import { add, close } from '#scripts/totals.ts'

// Everything that can be said of the source in seconds: no database, no browser, no build.
const found = await runChecks(checks)
close(add(found, await vitest('unit')))
