import { DeskLink } from '#components/operate/desk-link.tsx'
import { DeskCell, DeskRow, DeskTable } from '#components/operate/desk-table.tsx'
import { WebhookBadge } from '#components/operate/status-badges.tsx'
import { RelativeTime } from '#components/ui/relative-time.tsx'

type SessionWebhook = { id: string; eventId: string; type: string; status: string; receivedAt: string }

/** What the sender told of one session, the newest first. */
export function SessionWebhooks({ webhooks }: { webhooks: SessionWebhook[] }) {
  return (
    <DeskTable label="Webhooks" columns={['Event', 'Status', 'Type', 'Received']}>
      {webhooks.map(({ id, eventId, type, status, receivedAt }) => (
        <DeskRow key={id}>
          <DeskCell>
            <DeskLink href={`/operate/webhooks/${id}`}>
              <span className="font-mono">{eventId}</span>
            </DeskLink>
          </DeskCell>
          <DeskCell>
            <WebhookBadge status={status} />
          </DeskCell>
          <DeskCell>
            <span className="font-mono text-xs">{type}</span>
          </DeskCell>
          <DeskCell>
            <RelativeTime at={receivedAt} />
          </DeskCell>
        </DeskRow>
      ))}
    </DeskTable>
  )
}
