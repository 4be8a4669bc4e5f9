import { chmod, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import postgres from 'postgres'
import { freePort } from '#sandbox/ports.ts'
import { removePostgres, startPostgres } from '#sandbox/postgres.ts'
import { prepareSupabaseSchemas } from '#sandbox/supabase/database.ts'
import { migrate } from '#scripts/migrate.ts'
import { mutationOf } from '#sim/mutations.ts'
import { simulate } from '#sim/simulate.ts'
import { closeStripe } from '#sim/stripe.ts'

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    seeds: { type: 'string', default: '1' },
    steps: { type: 'string', default: '300' },
    /** A guard that is taken away first, by its name in sim/mutations.ts, to see whether the run notices. */
    without: { type: 'string' },
    story: { type: 'boolean', default: false },
  },
})
const first = values.seed ?? String(Date.now() % 1_000_000)
const seeds = Array.from({ length: Number(values.seeds) }, (_, index) =>
  index === 0 ? first : String(Number(first) + index),
)
const steps = Number(values.steps)
const mutation = values.without === undefined ? undefined : mutationOf(values.without)

const dir = await mkdtemp(join(tmpdir(), 'causeway-sim-db-'))
// The account that runs Postgres has to reach its files, and a folder of mkdtemp is for its maker alone.
await chmod(dir, 0o755)
const server = await startPostgres({ dir, port: await freePort(), durable: false })
let failed = 0
try {
  const admin = postgres(server.adminUrl(), { max: 1 })
  await admin`create database template_sim`
  await admin.end()
  await prepareSupabaseSchemas(server.adminUrl('template_sim'))
  const password = 'of-the-simulation-only'
  await migrate({ adminUrl: server.adminUrl('template_sim'), causewayPassword: password })
  for (const seed of seeds) {
    const started = performance.now()
    const outcome = await simulate({
      seed,
      steps,
      clusterUrl: server.adminUrl('DATABASE'),
      template: 'template_sim',
      password,
      ...(mutation && { prepare: mutation.apply }),
    })
    const seconds = ((performance.now() - started) / 1000).toFixed(0)
    const counts = Object.entries(outcome.counts).map(([name, number]) => `${number} ${name}`)
    console.log(`seed ${seed}: ${outcome.steps} steps in ${seconds} s, ${counts.join(', ')}`)
    if (values.story || outcome.wrong.length > 0) console.log(outcome.story.slice(values.story ? 0 : -60).join('\n'))
    if (outcome.wrong.length === 0) continue
    failed += 1
    console.log(`\nWrong with seed ${seed}:\n  ${[...new Set(outcome.wrong)].join('\n  ')}`)
    console.log(`\nAgain: npm run sim -- --seed ${seed} --steps ${outcome.steps}\n`)
  }
} finally {
  await closeStripe()
  await server.stop()
  await removePostgres(dir)
}
console.log(
  failed === 0 ? `${seeds.length} of ${seeds.length} seeds hold.` : `${failed} of ${seeds.length} seeds failed.`,
)
process.exit(failed === 0 ? 0 : 1)
