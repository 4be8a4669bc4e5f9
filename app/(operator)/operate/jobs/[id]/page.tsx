import type { Metadata } from 'next'
import { runJob } from '#app/(operator)/operate/actions.ts'
import { requireOperator } from '#app/(operator)/operate/require-operator.ts'
import { orNotFound } from '#app/or-not-found.ts'
import { AuditRows } from '#components/operate/audit-rows.tsx'
import { JobBadge } from '#components/operate/desk-badges.tsx'
import { Facts } from '#components/operate/facts.tsx'
import { JobSubject, JobTime, RetryJob } from '#components/operate/job-rows.tsx'
import { Raw } from '#components/operate/raw.tsx'
import { taskWords } from '#components/operate/task-words.ts'
import { Card } from '#components/ui/card.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { RelativeTime } from '#components/ui/relative-time.tsx'
import { listAudit } from '#lib/operate/audit.ts'
import { getJob } from '#lib/operate/jobs.ts'

export const metadata: Metadata = { title: 'Job' }

export default async function JobPage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireOperator()
  const { id } = await params
  const job = await orNotFound(getJob({ actor, id }))
  const { items: audit } = await listAudit({ actor, subject: id, action: 'job.retry' })
  return (
    <main id="main" className="mx-auto flex max-w-220 flex-col gap-6">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <div className="min-w-0">
          <h1 className="text-lg">{taskWords(job.task)}</h1>
          <p className="mt-1 font-mono text-sm break-all text-ink-3">
            {job.task}, job {job.id}
          </p>
        </div>
        <div className="flex items-center gap-3">
          <JobBadge state={job.state} />
          <RetryJob job={job} action={runJob} />
        </div>
      </div>
      {job.state === 'failed' && (
        <Notice tone="failed" title="It is not tried again by itself">
          It failed at the last of its {job.maxAttempts} attempts. What it is about is given a new job within a minute
          if money waits on it; anything else waits for a retry.
        </Notice>
      )}
      {job.state === 'replaced' && (
        <Notice title="A newer job does the work of this one">
          It was given the same key, and this one is kept as it was.
        </Notice>
      )}
      <Card className="p-5">
        <Facts
          facts={[
            ['About', <JobSubject key="about" job={job} />],
            ['Key', job.key && <span className="font-mono text-xs break-all">{job.key}</span>],
            ['Attempts', `${job.attempts} of ${job.maxAttempts}`],
            [job.state === 'running' ? 'Runs since' : 'Runs', <JobTime key="runs" job={job} />],
            ['Queued', <RelativeTime key="created" at={job.createdAt} />],
            ['Worker', job.lockedBy && <span className="font-mono text-xs break-all">{job.lockedBy}</span>],
          ]}
        />
      </Card>
      {job.lastError && (
        <section>
          <h2 className="mb-1 text-base">Last error</h2>
          <p className="mb-3 text-sm text-ink-3">Without keys, and without the paths of addresses.</p>
          <Raw text={job.lastError} label="Last error" />
        </section>
      )}
      {audit.length > 0 && (
        <section>
          <h2 className="mb-3 text-base">Who retried it</h2>
          <AuditRows entries={audit} />
        </section>
      )}
    </main>
  )
}
