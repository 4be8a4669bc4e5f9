import { ListChecks } from 'lucide-react'
import type { Metadata, Route } from 'next'
import { runJob } from '#app/(operator)/operate/actions.ts'
import { orFromTheBeginning, readParams, type SearchParams } from '#app/(operator)/operate/params.ts'
import { requireOperator } from '#app/(operator)/operate/require-operator.ts'
import { Pager } from '#components/activity/pager.tsx'
import { StatusFilter } from '#components/activity/status-filter.tsx'
import { jobWord } from '#components/operate/desk-badges.tsx'
import { JobRows } from '#components/operate/job-rows.tsx'
import { QueueSummary } from '#components/operate/queue-summary.tsx'
import { TaskTable } from '#components/operate/task-table.tsx'
import { taskWords } from '#components/operate/task-words.ts'
import { Card } from '#components/ui/card.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { jobCounts, jobStates, listJobs } from '#lib/operate/jobs.ts'

export const metadata: Metadata = { title: 'Jobs' }

const path = '/operate/jobs'

export default async function JobsPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireOperator()
  const { status, task, cursor } = await readParams(searchParams, ['status', 'task', 'cursor'])
  const state = jobStates.find((each) => each === status)
  const [{ counts, tasks, oldestDueAt }, { items, nextCursor }] = await Promise.all([
    jobCounts({ actor }),
    orFromTheBeginning(path, () =>
      listJobs({ actor, ...(state ? { state } : {}), ...(task ? { task } : {}), ...(cursor ? { cursor } : {}) }),
    ),
  ])
  return (
    <main id="main" className="flex flex-col gap-6">
      <h1 className="sr-only">Jobs</h1>
      <QueueSummary counts={counts} oldestDueAt={oldestDueAt} />
      {tasks.length > 0 && (
        <section>
          <h2 className="mb-3 text-base">By task</h2>
          <TaskTable tasks={tasks} />
        </section>
      )}
      <section>
        <div className="mb-3 flex flex-col gap-2 lg:flex-row lg:items-center lg:justify-between">
          <h2 className="text-base">{task ? taskWords(task) : 'Every job'}</h2>
          <StatusFilter path={path} statuses={jobStates} current={state} word={jobWord} />
        </div>
        {items.length === 0 ? (
          <Card>
            <EmptyState
              icon={ListChecks}
              title={state || task ? 'None like this' : 'The queue is empty'}
              action={
                (state || task) && (
                  <LinkButton href={path as Route} variant="secondary" size="sm">
                    Every job
                  </LinkButton>
                )
              }
            >
              What has to be done next waits here until a worker does it. A job that is done is gone.
            </EmptyState>
          </Card>
        ) : (
          <JobRows jobs={items} retry={runJob} />
        )}
        <Pager path={path} query={{ status: state, task }} first={!cursor} nextCursor={nextCursor} />
      </section>
    </main>
  )
}
