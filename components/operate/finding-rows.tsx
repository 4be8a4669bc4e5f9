import { DeskLink } from '#components/operate/desk-link.tsx'
import { DeskCell, DeskRow, DeskTable } from '#components/operate/desk-table.tsx'
import { findingWords } from '#components/operate/finding-words.ts'
import { findingPath } from '#components/operate/paths.ts'
import { RelativeTime } from '#components/ui/relative-time.tsx'

type FindingRow = {
  id: string
  kind: string
  subject: string
  firstSeenAt: string
  lastSeenAt: string
  clearedAt: string | null
}

/** What the reconciliation found that does not add up, and what to do about it. */
export function FindingRows({ label, findings }: { label: string; findings: FindingRow[] }) {
  return (
    <DeskTable label={label} columns={['About', 'Means', 'What to do', 'Found', 'Last seen', 'Cleared']}>
      {findings.map((finding) => {
        const { means, todo } = findingWords(finding.kind)
        return (
          <DeskRow key={finding.id}>
            <DeskCell>
              <DeskLink href={findingPath(finding.kind, finding.subject)}>
                <span className="font-mono" title={finding.subject}>
                  {finding.subject.length === 36 ? finding.subject.slice(0, 8) : finding.subject}
                </span>
              </DeskLink>
            </DeskCell>
            <DeskCell>
              <span title={finding.kind}>{means}</span>
            </DeskCell>
            <DeskCell>
              <span className="text-ink-2">{todo}</span>
            </DeskCell>
            <DeskCell>
              <RelativeTime at={finding.firstSeenAt} />
            </DeskCell>
            <DeskCell>
              <RelativeTime at={finding.lastSeenAt} />
            </DeskCell>
            <DeskCell>{finding.clearedAt ? <RelativeTime at={finding.clearedAt} /> : '—'}</DeskCell>
          </DeskRow>
        )
      })}
    </DeskTable>
  )
}
