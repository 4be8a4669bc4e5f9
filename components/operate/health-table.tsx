import { HealthBadge } from '#components/operate/desk-badges.tsx'
import { DeskCell, DeskRow, DeskTable } from '#components/operate/desk-table.tsx'
import { partWords } from '#components/operate/part-words.ts'
import { RelativeTime } from '#components/ui/relative-time.tsx'

type Check = { name: string; status: string; summary: string; since: string; checkedAt: string; stale: boolean }

/** Each part, as it was when somebody last looked, and when that was. */
export function HealthTable({ checks }: { checks: Check[] }) {
  return (
    <DeskTable label="Parts" columns={['Part', 'State', 'What was seen', 'Since', 'Looked at']}>
      {checks.map((check) => (
        <DeskRow key={check.name}>
          <DeskCell>
            <span className="font-medium">{partWords(check.name)}</span>
          </DeskCell>
          <DeskCell>
            <HealthBadge status={check.status} />
          </DeskCell>
          <DeskCell>
            <span className="text-ink-2">{check.summary}</span>
          </DeskCell>
          <DeskCell>
            <RelativeTime at={check.since} />
          </DeskCell>
          <DeskCell>
            <RelativeTime at={check.checkedAt} className={check.stale ? 'font-medium text-lamp' : ''} />
          </DeskCell>
        </DeskRow>
      ))}
    </DeskTable>
  )
}
