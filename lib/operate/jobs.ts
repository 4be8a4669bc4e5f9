import type postgres from 'postgres'
import { z } from 'zod'
import type { Actor } from '#lib/auth/actor.ts'
import { as } from '#lib/db/as.ts'
import { readNumberCursor } from '#lib/http/cursor.ts'
import { notFound } from '#lib/http/problem.ts'
import { redact } from '#lib/telemetry/redact.ts'

/** What needs somebody first. `replaced`: a newer job does its work. */
export const jobStates = ['failed', 'retrying', 'due', 'running', 'waiting', 'replaced'] as const
export type JobState = (typeof jobStates)[number]

export const ListJobsInput = z.strictObject({
  cursor: z.string().max(20).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  state: z.enum(jobStates).optional(),
  task: z.string().max(128).optional(),
})

export type Job = {
  id: string
  task: string
  /** Null for a job by the clock, and for one that was replaced. */
  key: string | null
  state: JobState
  attempts: number
  maxAttempts: number
  runAt: string
  createdAt: string
  lockedAt: string | null
  lockedBy: string | null
  /** Safe to show. */
  lastError: string | null
  sessionId: string | null
  transferId: string | null
  webhookEventId: string | null
}

function toJob(row: postgres.Row): Job {
  return {
    id: row.id,
    task: row.task,
    key: row.job_key,
    state: row.state,
    attempts: row.attempts,
    maxAttempts: row.max_attempts,
    runAt: row.run_at.toISOString(),
    createdAt: row.created_at.toISOString(),
    lockedAt: row.locked_at?.toISOString() ?? null,
    lockedBy: row.locked_by,
    lastError: row.last_error === null ? null : redact(row.last_error),
    sessionId: row.session_id,
    transferId: row.transfer_id,
    webhookEventId: row.webhook_event_id,
  }
}

/** The queue, the newest job first. The database refuses everyone but an operator. */
export async function listJobs({
  actor,
  ...query
}: { actor: Actor } & z.input<typeof ListJobsInput>): Promise<{ items: Job[]; nextCursor: string | null }> {
  const { cursor, limit, state, task } = ListJobsInput.parse(query)
  const rows = await as(actor)(
    (sql) =>
      sql`select * from app.read_jobs(p_state => ${state ?? null}, p_task => ${task ?? null}, p_before => ${readNumberCursor(cursor)}, p_limit => ${limit + 1})`,
  )
  return {
    items: rows.slice(0, limit).map(toJob),
    nextCursor: rows.length > limit ? (rows[limit - 1]?.id ?? null) : null,
  }
}

/** Whether a text can be a job's id, which Postgres keeps in eight bytes. */
function isJobId(text: string): boolean {
  return /^[1-9]\d{0,17}$/.test(text)
}

/** One job. A job that is done is gone. */
export async function getJob({ actor, id }: { actor: Actor; id: string }): Promise<Job> {
  if (!isJobId(id)) throw notFound('job')
  const [row] = await as(actor)((sql) => sql`select * from app.read_jobs(p_id => ${id})`)
  if (!row) throw notFound('job')
  return toJob(row)
}

/** The jobs there are for rows of ours, by the keys under which SQL queues them. */
export async function jobsOf({ actor, keys }: { actor: Actor; keys: string[] }): Promise<Job[]> {
  const rows = await as(actor)((sql) => sql`select * from app.read_jobs(p_keys => ${keys}, p_limit => 200)`)
  return rows.map(toJob)
}

export type TaskCounts = { task: string; counts: Record<JobState, number> }
export type JobCounts = { counts: Record<JobState, number>; tasks: TaskCounts[]; oldestDueAt: string | null }

const none = (): Record<JobState, number> => ({ failed: 0, retrying: 0, due: 0, running: 0, waiting: 0, replaced: 0 })

/** How much the queue holds, by task and state, and since when the oldest job that is due waits. */
export async function jobCounts({ actor }: { actor: Actor }): Promise<JobCounts> {
  const rows = await as(actor)((sql) => sql`select task, state, jobs::int, oldest_run_at from app.read_job_counts()`)
  const total = none()
  const tasks = new Map<string, TaskCounts>()
  const due: Date[] = []
  for (const { task, state, jobs, oldest_run_at } of rows) {
    const line = tasks.get(task) ?? { task, counts: none() }
    tasks.set(task, line)
    line.counts[state as JobState] = jobs
    total[state as JobState] += jobs
    if ((state === 'due' || state === 'retrying') && oldest_run_at <= new Date()) due.push(oldest_run_at)
  }
  const oldest = due.toSorted((a, b) => a.getTime() - b.getTime())[0]
  return { counts: total, tasks: [...tasks.values()], oldestDueAt: oldest?.toISOString() ?? null }
}
