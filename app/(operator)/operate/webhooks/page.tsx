import { Webhook } from 'lucide-react'
import type { Metadata } from 'next'
import { replayWebhook } from '#app/(operator)/operate/actions.ts'
import { orFromTheBeginning, readParams, type SearchParams } from '#app/(operator)/operate/params.ts'
import { requireOperator } from '#app/(operator)/operate/require-operator.ts'
import { Pager } from '#components/activity/pager.tsx'
import { StatusFilter } from '#components/activity/status-filter.tsx'
import { DeskLink } from '#components/operate/desk-link.tsx'
import { DeskCell, DeskRow, DeskTable } from '#components/operate/desk-table.tsx'
import { ReplayWebhook } from '#components/operate/replay-webhook.tsx'
import { signatureWords } from '#components/operate/signature-words.ts'
import { WebhookBadge, webhookWord } from '#components/operate/status-badges.tsx'
import { Card } from '#components/ui/card.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { RelativeTime } from '#components/ui/relative-time.tsx'
import { redact } from '#lib/telemetry/redact.ts'
import { listWebhookEvents } from '#lib/webhooks/list.ts'
import { type WebhookEvent, webhookStatuses } from '#lib/webhooks/schema.ts'

export const metadata: Metadata = { title: 'Webhooks' }

const path = '/operate/webhooks'
const columns = [
  'Event',
  'Status',
  'Type',
  'Source',
  'Signature',
  'Received',
  { name: 'Deliveries', right: true as const },
  { name: 'Attempts', right: true as const },
  'Last error',
  { name: 'Action', right: true as const },
]

export default async function WebhooksPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireOperator()
  const { status: asked, cursor } = await readParams(searchParams, ['status', 'cursor'])
  const status = webhookStatuses.find((each) => each === asked)
  const { items, nextCursor } = await orFromTheBeginning(path, () =>
    listWebhookEvents({
      actor,
      ...(status ? { status } : {}),
      ...(cursor ? { cursor } : {}),
    }),
  )
  return (
    <main id="main">
      <h1 className="sr-only">Webhooks</h1>
      <div className="mb-4">
        <StatusFilter path={path} statuses={webhookStatuses} current={status} word={webhookWord} />
      </div>
      {items.length === 0 ? (
        <Card>
          <EmptyState icon={Webhook} title="Nothing here">
            What Stripe and Circle send is kept here first and acted on second. Deliveries whose signature does not hold
            are refused and not kept.
          </EmptyState>
        </Card>
      ) : (
        <DeskTable label="Webhooks" columns={columns}>
          {items.map((item) => (
            <WebhookRow key={item.id} item={item} />
          ))}
        </DeskTable>
      )}
      <Pager path={path} query={{ status }} first={!cursor} nextCursor={nextCursor} />
    </main>
  )
}

function WebhookRow({ item }: { item: WebhookEvent }) {
  return (
    <DeskRow>
      <DeskCell>
        <DeskLink href={`${path}/${item.id}`}>
          <span className="font-mono" title={item.eventId}>
            {item.eventId}
          </span>
        </DeskLink>
      </DeskCell>
      <DeskCell>
        <WebhookBadge status={item.status} />
      </DeskCell>
      <DeskCell>
        <span className="font-mono text-xs">{item.type}</span>
      </DeskCell>
      <DeskCell>{item.source}</DeskCell>
      <DeskCell>{signatureWords[item.signature]}</DeskCell>
      <DeskCell>
        <RelativeTime at={item.receivedAt} />
      </DeskCell>
      <DeskCell right>{item.deliveries}</DeskCell>
      <DeskCell right>{item.attempts}</DeskCell>
      <DeskCell>
        {item.lastError && (
          <span className="inline-block max-w-70 truncate align-bottom text-brick" title={redact(item.lastError)}>
            {redact(item.lastError)}
          </span>
        )}
      </DeskCell>
      <DeskCell right>
        <ReplayWebhook id={item.id} eventId={item.eventId} action={replayWebhook} />
      </DeskCell>
    </DeskRow>
  )
}
