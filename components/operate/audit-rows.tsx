import { AsideLink, DeskLink } from '#components/operate/desk-link.tsx'
import { DeskCell, DeskRow, DeskTable } from '#components/operate/desk-table.tsx'
import { subjectPath } from '#components/operate/paths.ts'
import { RelativeTime } from '#components/ui/relative-time.tsx'

type AuditRow = {
  id: string
  at: string
  actor: string
  action: string
  subject: string
  detail: Record<string, unknown>
}

const narrowed = (name: string, value: string) => `/operate/audit?${new URLSearchParams({ [name]: value })}`

/** What people with power did: when, who, what, to what. */
export function AuditRows({ entries }: { entries: AuditRow[] }) {
  return (
    <DeskTable label="Audit log" columns={['To what', 'What', 'Who', 'When', 'How']}>
      {entries.map((entry) => (
        <DeskRow key={entry.id}>
          <DeskCell>
            <DeskLink href={subjectPath(entry.action, entry.subject) ?? narrowed('subject', entry.subject)}>
              <span className="font-mono" title={entry.subject}>
                {short(entry.subject)}
              </span>
            </DeskLink>
          </DeskCell>
          <DeskCell>
            <AsideLink href={narrowed('action', entry.action)}>
              <span className="font-mono text-xs">{entry.action}</span>
            </AsideLink>
          </DeskCell>
          <DeskCell>
            <AsideLink href={narrowed('by', entry.actor)}>
              <span className="font-mono text-xs" title={entry.actor}>
                {shortActor(entry.actor)}
              </span>
            </AsideLink>
          </DeskCell>
          <DeskCell>
            <RelativeTime at={entry.at} />
          </DeskCell>
          <DeskCell>
            <span className="inline-block max-w-100 truncate align-bottom text-ink-2" title={told(entry.detail)}>
              {told(entry.detail)}
            </span>
          </DeskCell>
        </DeskRow>
      ))}
    </DeskTable>
  )
}

const short = (subject: string): string => (subject.length > 12 ? subject.slice(0, 8) : subject)

/** `account:` and the beginning of whose. */
function shortActor(actor: string): string {
  const [kind, id] = actor.split(':')
  return id ? `${kind}:${id.slice(0, 8)}` : actor
}

function told(detail: Record<string, unknown>): string {
  return Object.entries(detail)
    .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ')
}
