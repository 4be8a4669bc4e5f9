import { as } from '#lib/db/as.ts'
import { lookAt, type Part, type Status } from '#lib/health/part.ts'
import { hasStream } from '#lib/stream/brokers.ts'

const lateSeconds = 60
const stuckSeconds = 300

/** Whether what happens leaves for the brokers, and how much waits; nothing where nobody subscribed. */
export async function lookAtStream(): Promise<Part[]> {
  let subscribed = hasStream()
  const part = await lookAt('stream', async () => {
    const [row] = await as({ role: 'worker' })((sql) => sql`select * from app.measure_stream()`)
    const { topics, waiting, lag_seconds: lagSeconds, sent_at: sentAt, failure, dead_letters: deadLetters } = row ?? {}
    subscribed = topics?.length > 0 || deadLetters > 0
    const [status, summary] = judge({ waiting, lagSeconds, failure, deadLetters })
    return { status, summary, detail: { waiting, lagSeconds, failure, deadLetters, sentAt } }
  })
  return subscribed ? [part] : []
}

type Stream = { waiting: number; lagSeconds: number; failure: string | null; deadLetters: number }

function judge({ waiting, lagSeconds, failure, deadLetters }: Stream): [Status, string] {
  const why = failure === null ? '' : ` (${failure})`
  const late = `${waiting} messages wait, the oldest for ${lagSeconds} s${why}`
  if (lagSeconds > stuckSeconds) return ['down', late]
  if (lagSeconds > lateSeconds || failure !== null) return ['degraded', late]
  if (deadLetters > 0) return ['degraded', `${deadLetters} messages that came today could not be used`]
  return ['ok', waiting === 0 ? 'everything was taken' : late]
}
