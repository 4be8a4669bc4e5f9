import { randomInt } from 'node:crypto'
import { answerQuestions } from '#bench/child.ts'
import { median } from '#bench/result.ts'
import { operatorId, ownerOf, secretOf, sessionId } from '#bench/sessions/stored.ts'
import type { PersonActor } from '#lib/auth/actor.ts'
import { as } from '#lib/db/as.ts'
import { scheduleStalledWork } from '#lib/jobs/schedule-stalled-work.ts'
import { getOnrampSession } from '#lib/onramp/get.ts'
import { listOnrampSessions } from '#lib/onramp/list.ts'
import { deskCounts } from '#lib/operate/counts.ts'
import { listDeskSessions } from '#lib/operate/list-sessions.ts'
import { listTransfers } from '#lib/operate/list-transfers.ts'

const stored = Number(process.env.BENCH_STORED)

const person = (userId: string): PersonActor => ({ role: 'authenticated', userId, isAnonymous: false })
const operator = person(operatorId)
const worker = as({ role: 'worker' })

/** Any session; of any account where it must have an owner. */
const anySession = (): number => randomInt(stored) + 1
const anyOwned = (): number => 5 * randomInt(stored / 5) + randomInt(2)

async function readAs(number: number, actor: Parameters<typeof getOnrampSession>[0]['actor']): Promise<void> {
  const id = sessionId(number)
  const session = await getOnrampSession({ actor, id })
  if (session.id !== id || session.events.length < 3) throw new Error(`Session ${id} was not read whole.`)
}

/** What is asked, and how often in a round. */
const questions: Record<string, { times: number; ask: () => Promise<unknown> }> = {
  'status read, by the secret of its link': {
    times: 100,
    ask: () => {
      const number = anySession()
      return readAs(number, { role: 'anon', sessionKey: secretOf(number) })
    },
  },
  'status read, by its owner': {
    times: 100,
    ask: () => {
      const number = anyOwned() || 1
      return readAs(number, person(ownerOf(number, stored)))
    },
  },
  'a person’s purchases': { times: 20, ask: () => listOnrampSessions({ actor: person(ownerOf(anyOwned(), stored)) }) },
  'the desk’s sessions': { times: 30, ask: () => listDeskSessions({ actor: operator }) },
  'the desk’s sessions that wait': { times: 30, ask: () => listDeskSessions({ actor: operator, filter: 'attention' }) },
  'the desk’s sessions of one status': {
    times: 30,
    ask: () => listDeskSessions({ actor: operator, filter: 'processing' }),
  },
  'the desk’s transfers': { times: 30, ask: () => listTransfers({ actor: operator }) },
  'the desk’s counts': { times: 30, ask: () => deskCounts({ actor: operator }) },
  'each minute: stalled work': { times: 30, ask: scheduleStalledWork },
  'each minute: alerts': { times: 30, ask: () => worker((sql) => sql`select * from app.review_alerts('{}')`) },
  'every five minutes: sessions to read again': {
    times: 5,
    ask: () => worker((sql) => sql`select app.reread_open_sessions(240)`),
  },
  'every five minutes: findings': { times: 30, ask: () => worker((sql) => sql`select * from app.note_findings()`) },
}

answerQuestions({
  names: async () => Object.keys(questions),
  /** The median of a round, in milliseconds. */
  round: async (name: string) => {
    const { times, ask } = questions[name] ?? { times: 0, ask: async () => {} }
    const took: number[] = []
    for (let time = 0; time < times; time += 1) {
      const start = performance.now()
      await ask()
      took.push(performance.now() - start)
    }
    return median(took)
  },
})
