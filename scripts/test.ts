import { checks } from '#scripts/checks/all.ts'
import { program, runChecks } from '#scripts/checks/check.ts'
import { sizeOfBuyPage } from '#scripts/size.ts'
import { playwright } from '#scripts/suites/playwright.ts'
import { wasStopped } from '#scripts/suites/run-program.ts'
import { vitest } from '#scripts/suites/vitest.ts'
import { add, close, nothing, type Totals } from '#scripts/totals.ts'

type Part = (args: string[]) => Promise<Totals>

/** lib/db/types.ts and supabase/schema.sql say what the migrations make, and nothing older. */
const generated = program('types and schema are current', 'node', ['scripts/db-types.ts', '--check'])

// In the order of what they cost: what fails early is found early. `size` reads the build that the end-to-end run made.
const parts: Record<string, Part> = {
  source: () => runChecks(checks),
  unit: () => vitest('unit'),
  sandbox: () => vitest('sandbox'),
  db: async () => add(await runChecks([generated]), await vitest('db')),
  e2e: playwright,
  size: () => runChecks([{ name: 'first load of /buy', run: sizeOfBuyPage }]),
}

const [wanted, ...args] = process.argv.slice(2)
if (wanted !== undefined && !(wanted in parts)) {
  console.error(`There is no part '${wanted}'. Parts: ${Object.keys(parts).join(', ')}; without one, all run.`)
  process.exit(2)
}

let totals = nothing
for (const [name, run] of Object.entries(parts)) {
  if (wanted !== undefined && wanted !== name) continue
  if (wasStopped()) break
  const start = performance.now()
  console.log(`\n── ${name} ${'─'.repeat(70 - name.length)}`)
  const part = await run(args).catch((error: unknown) => {
    console.log(error instanceof Error ? error.message : error)
    return { ...nothing, failed: 1 }
  })
  console.log(`${name}: ${((performance.now() - start) / 1000).toFixed(0)} s`)
  totals = add(totals, part)
}
console.log('')
close(totals)
