import { parseArgs } from 'node:util'
import { diagnose } from '#scripts/doctor/diagnose.ts'
import { report } from '#scripts/doctor/report.ts'
import { readVariables } from '#scripts/doctor/source.ts'

/** `npm run doctor [-- --env <file>]`: checks a configuration from the outside in. Ends with 1 when something is wrong. */
try {
  const { values } = parseArgs({ options: { env: { type: 'string' } } })
  const { from, isLocalWorld, variables } = readVariables(values.env, process.env)
  process.stdout.write(`Looking at ${from}.\n`)
  const findings = await diagnose(variables)
  const colour = process.stdout.isTTY && !process.env.NO_COLOR
  process.stdout.write(`${report(findings, { colour })}\n`)
  if (isLocalWorld && findings.some(({ seen }) => seen.endsWith('nothing listens there'))) {
    process.stdout.write('\nThis is the local world, and not all of it is running: npm run demo.\n')
  }
  process.exitCode = findings.some(({ state }) => state === 'fail') ? 1 : 0
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
