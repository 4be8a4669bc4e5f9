import { DeskLink } from '#components/operate/desk-link.tsx'
import { DeskCell, DeskRow, DeskTable } from '#components/operate/desk-table.tsx'
import { taskWords } from '#components/operate/task-words.ts'
import { cx } from '#components/ui/cx.ts'

type Counts = { failed: number; retrying: number; due: number; running: number; waiting: number }
type TaskTableProps = { tasks: { task: string; counts: Counts }[] }

const right = true as const
const columns = [
  'Task',
  'Name',
  { name: 'Failed for good', right },
  { name: 'Tried again', right },
  { name: 'Due', right },
  { name: 'Running', right },
  { name: 'Waiting', right },
]

/** How much of each task the queue holds. A row leads to that task's jobs. */
export function TaskTable({ tasks }: TaskTableProps) {
  return (
    <DeskTable label="Tasks" columns={columns}>
      {tasks.map(({ task, counts }) => (
        <DeskRow key={task}>
          <DeskCell>
            <DeskLink href={`/operate/jobs?task=${encodeURIComponent(task)}`}>{taskWords(task)}</DeskLink>
          </DeskCell>
          <DeskCell>
            <span className="font-mono text-xs text-ink-2">{task}</span>
          </DeskCell>
          <Count value={counts.failed} tone="text-brick" />
          <Count value={counts.retrying} tone="text-lamp" />
          <Count value={counts.due} />
          <Count value={counts.running} />
          <Count value={counts.waiting} />
        </DeskRow>
      ))}
    </DeskTable>
  )
}

function Count({ value, tone }: { value: number; tone?: string }) {
  return (
    <DeskCell right>
      <span className={cx(value === 0 ? 'text-ink-3' : 'font-medium', value > 0 && tone)}>{value}</span>
    </DeskCell>
  )
}
