import { parseArgs } from 'node:util'
import { as } from '#lib/db/as.ts'
import { closeConnection } from '#lib/db/connection.ts'
import { log } from '#lib/log.ts'
import { start } from '#lib/start.ts'

// Has the prices of a time sent once more, for a consumer that is new: npm run stream:again -- --from 2026-10-01 [--to 2026-11-01]

const dayMs = 86_400_000

start('causeway-stream')
const { values } = parseArgs({ options: { from: { type: 'string' }, to: { type: 'string' } } })
const from = Date.parse(values.from ?? '')
const to = values.to === undefined ? Date.now() : Date.parse(values.to)
if (!(from < to)) {
  process.stderr.write('Say from when: npm run stream:again -- --from 2026-10-01 [--to 2026-11-01]\n')
  process.exit(1)
}
let count = 0
for (let at = from; at < to; at += dayMs) {
  const until = new Date(Math.min(at + dayMs, to))
  const [row] = await as({ role: 'worker' })(
    (sql) => sql`select app.stream_ticks_again(${new Date(at)}, ${until}) as count`,
  )
  count += row?.count ?? 0
}
log.info('prices are sent again', { count })
await closeConnection()
