import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { run as deliveries } from '#bench/deliveries/run.ts'
import { run as intents } from '#bench/intents/run.ts'
import { machine } from '#bench/machine.ts'
import { run as memory } from '#bench/memory/run.ts'
import { run as rates } from '#bench/rates/run.ts'
import { type Result, table } from '#bench/result.ts'
import { run as sessions } from '#bench/sessions/run.ts'
import { run as webhooks } from '#bench/webhooks/run.ts'
import { type World, withWorld } from '#bench/world.ts'

// npm run bench measures every part in one run and writes bench/results.json; npm run bench -- webhooks measures and prints one.

const parts: Record<string, (world: World) => Promise<Result[]>> = {
  webhooks,
  deliveries,
  sessions,
  intents,
  rates,
  memory,
}

const say = (line: string) => process.stdout.write(`${line}\n`)

// Exiting ends Postgres and every other program of the run; a signal by itself would leave them.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(130))

const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !(name in parts))
if (unknown.length > 0) {
  process.stderr.write(`There is no part ${unknown.join(', ')}. The parts are: ${Object.keys(parts).join(', ')}.\n`)
  process.exit(2)
}

const results = await withWorld(say, async (world) => {
  const measured: Record<string, Result[]> = {}
  for (const [name, run] of Object.entries(parts)) {
    if (asked.length > 0 && !asked.includes(name)) continue
    say(`${name}:`)
    measured[name] = await run(world)
    say(table(measured[name]))
  }
  return measured
})

if (asked.length === 0) {
  const report = { measuredAt: new Date().toISOString(), machine: machine(), results }
  await writeFile(join(import.meta.dirname, 'results.json'), `${JSON.stringify(report, null, 2)}\n`)
  say('Written to bench/results.json.')
}
