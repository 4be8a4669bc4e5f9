import { RotateCw } from 'lucide-react'
import { type ActionResult, ConfirmAction } from '#components/operate/confirm-action.tsx'
import { JobBadge } from '#components/operate/desk-badges.tsx'
import { AsideLink, DeskLink } from '#components/operate/desk-link.tsx'
import { DeskCell, DeskRow, DeskTable } from '#components/operate/desk-table.tsx'
import { taskWords } from '#components/operate/task-words.ts'
import { RelativeTime } from '#components/ui/relative-time.tsx'

export type DeskJob = {
  id: string
  task: string
  state: string
  attempts: number
  maxAttempts: number
  runAt: string
  lockedAt: string | null
  lastError: string | null
  sessionId: string | null
  transferId: string | null
  webhookEventId: string | null
}

type RetryAction = (id: string) => Promise<ActionResult>

const columns = [
  'Job',
  'State',
  'Does',
  'About',
  'Runs',
  { name: 'Attempts', right: true as const },
  'Last error',
  { name: 'Action', right: true as const },
]

/** Jobs of the queue, each with the row that it is about. */
export function JobRows({ jobs, retry }: { jobs: DeskJob[]; retry: RetryAction }) {
  return (
    <DeskTable label="Jobs" columns={columns}>
      {jobs.map((job) => (
        <DeskRow key={job.id}>
          <DeskCell>
            <DeskLink href={`/operate/jobs/${job.id}`}>
              <span className="font-mono">{job.id}</span>
            </DeskLink>
          </DeskCell>
          <DeskCell>
            <JobBadge state={job.state} />
          </DeskCell>
          <DeskCell>
            <span title={job.task}>{taskWords(job.task)}</span>
          </DeskCell>
          <DeskCell>
            <JobSubject job={job} />
          </DeskCell>
          <DeskCell>
            <JobTime job={job} />
          </DeskCell>
          <DeskCell right>
            {job.attempts} / {job.maxAttempts}
          </DeskCell>
          <DeskCell>
            {job.lastError && (
              <span className="inline-block max-w-70 truncate align-bottom text-brick" title={job.lastError}>
                {job.lastError}
              </span>
            )}
          </DeskCell>
          <DeskCell right>
            <RetryJob job={job} action={retry} />
          </DeskCell>
        </DeskRow>
      ))}
    </DeskTable>
  )
}

/** The row of ours that a job is about. */
export function JobSubject({ job }: { job: DeskJob }) {
  if (job.transferId) return <Subject noun="Transfer" path="transfers" id={job.transferId} />
  if (job.webhookEventId) return <Subject noun="Webhook" path="webhooks" id={job.webhookEventId} />
  if (job.sessionId) return <Subject noun="Session" path="sessions" id={job.sessionId} />
  return <span className="text-ink-3">—</span>
}

function Subject({ noun, path, id }: { noun: string; path: string; id: string }) {
  return (
    <>
      <span className="text-ink-3">{noun} </span>
      <AsideLink href={`/operate/${path}/${id}`}>
        <span className="font-mono">{id.slice(0, 8)}</span>
      </AsideLink>
    </>
  )
}

/** When it runs, or since when it does; a job that is over runs no more. */
export function JobTime({ job }: { job: DeskJob }) {
  if (job.state === 'running') return <RelativeTime at={job.lockedAt ?? job.runAt} />
  if (job.state === 'failed' || job.state === 'replaced') return <span className="text-ink-3">Not again</span>
  return <RelativeTime at={job.runAt} />
}

/** Runs a job now, after a question; nothing for one that runs, is due, or was replaced. */
export function RetryJob({ job, action }: { job: DeskJob; action: RetryAction }) {
  if (!['failed', 'retrying', 'waiting'].includes(job.state)) return null
  return (
    <ConfirmAction
      id={job.id}
      action={action}
      icon={<RotateCw aria-hidden="true" className="size-3.5" />}
      label={job.state === 'waiting' ? 'Run now' : 'Retry'}
      title={job.state === 'waiting' ? 'Run this job now?' : 'Retry this job?'}
      description={`A worker takes it at once, with all of its ${job.maxAttempts} attempts before it. Every task looks at how things stand first, so nothing is paid or delivered twice. The audit log keeps your name.`}
      subject={`${taskWords(job.task)} (job ${job.id})`}
      confirm="Run the job"
      done="The job is due: a worker takes it next"
    />
  )
}
