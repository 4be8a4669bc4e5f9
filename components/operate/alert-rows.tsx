import { Eye } from 'lucide-react'
import { type ActionResult, ConfirmAction } from '#components/operate/confirm-action.tsx'
import { DeskLink } from '#components/operate/desk-link.tsx'
import { DeskCell, DeskRow, DeskTable } from '#components/operate/desk-table.tsx'
import { RelativeTime } from '#components/ui/relative-time.tsx'

type AlertRow = {
  id: string
  title: string
  detail: string
  path: string
  openedAt: string
  clearedAt: string | null
  acknowledgedAt: string | null
  acknowledgedBy: string | null
}

/** What is open, each with what says that somebody looks after it. */
export function OpenAlerts({
  alerts,
  acknowledge,
}: {
  alerts: AlertRow[]
  acknowledge: (id: string) => Promise<ActionResult>
}) {
  return (
    <DeskTable
      label="Open alerts"
      columns={['Alert', 'What', 'Since', 'Acknowledged', { name: 'Action', right: true }]}
    >
      {alerts.map((alert) => (
        <DeskRow key={alert.id}>
          <DeskCell>
            <DeskLink href={alert.path}>{alert.title}</DeskLink>
          </DeskCell>
          <DeskCell>
            <Detail text={alert.detail} />
          </DeskCell>
          <DeskCell>
            <RelativeTime at={alert.openedAt} />
          </DeskCell>
          <DeskCell>
            <Acknowledged alert={alert} />
          </DeskCell>
          <DeskCell right>
            {!alert.acknowledgedAt && (
              <ConfirmAction
                id={alert.id}
                action={acknowledge}
                icon={<Eye aria-hidden="true" className="size-3.5" />}
                label="Acknowledge"
                title="Acknowledge this alert?"
                description="It says that you have seen it and look after it. Nothing else is done: it stays open until what it is about is gone. The audit log keeps your name."
                subject={alert.title}
                confirm="Acknowledge it"
                done="The alert is acknowledged"
              />
            )}
          </DeskCell>
        </DeskRow>
      ))}
    </DeskTable>
  )
}

/** What is over. */
export function ClearedAlerts({ alerts }: { alerts: AlertRow[] }) {
  return (
    <DeskTable label="Cleared alerts" columns={['Alert', 'What', 'Opened', 'Cleared', 'Acknowledged']}>
      {alerts.map((alert) => (
        <DeskRow key={alert.id}>
          <DeskCell>
            <DeskLink href={alert.path}>{alert.title}</DeskLink>
          </DeskCell>
          <DeskCell>
            <Detail text={alert.detail} />
          </DeskCell>
          <DeskCell>
            <RelativeTime at={alert.openedAt} />
          </DeskCell>
          <DeskCell>{alert.clearedAt && <RelativeTime at={alert.clearedAt} />}</DeskCell>
          <DeskCell>
            <Acknowledged alert={alert} />
          </DeskCell>
        </DeskRow>
      ))}
    </DeskTable>
  )
}

function Detail({ text }: { text: string }) {
  return (
    <span className="inline-block max-w-120 truncate align-bottom text-ink-2" title={text}>
      {text}
    </span>
  )
}

function Acknowledged({ alert: { acknowledgedAt, acknowledgedBy } }: { alert: AlertRow }) {
  if (!acknowledgedAt) return <span className="text-ink-3">Not yet</span>
  return (
    <span title={acknowledgedBy ?? undefined}>
      <RelativeTime at={acknowledgedAt} />
    </span>
  )
}
