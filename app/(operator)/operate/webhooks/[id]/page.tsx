import type { Metadata } from 'next'
import { replayWebhook } from '#app/(operator)/operate/actions.ts'
import { requireOperator } from '#app/(operator)/operate/require-operator.ts'
import { orNotFound } from '#app/or-not-found.ts'
import { Facts } from '#components/operate/facts.tsx'
import { Raw } from '#components/operate/raw.tsx'
import { ReplayWebhook } from '#components/operate/replay-webhook.tsx'
import { signatureWords } from '#components/operate/signature-words.ts'
import { WebhookBadge } from '#components/operate/status-badges.tsx'
import { Timeline } from '#components/operate/timeline.tsx'
import { Card } from '#components/ui/card.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { RelativeTime } from '#components/ui/relative-time.tsx'
import { redact } from '#lib/telemetry/redact.ts'
import { getWebhookEvent } from '#lib/webhooks/get.ts'

export const metadata: Metadata = { title: 'Webhook' }

export default async function WebhookPage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireOperator()
  const { id } = await params
  const event = await orNotFound(getWebhookEvent({ actor, id }))
  return (
    <main id="main" className="mx-auto flex max-w-220 flex-col gap-5">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <div className="min-w-0">
          <h1 className="font-mono text-base break-all">{event.type}</h1>
          <p className="mt-1 font-mono text-sm break-all text-ink-3">{event.eventId}</p>
        </div>
        <div className="flex items-center gap-3">
          <WebhookBadge status={event.status} />
          <ReplayWebhook id={event.id} eventId={event.eventId} action={replayWebhook} />
        </div>
      </div>
      {event.lastError && (
        <Notice
          tone={event.status === 'quarantined' ? 'failed' : 'attention'}
          title={
            event.status === 'quarantined'
              ? 'It was given up: replay it once its cause is mended'
              : 'The last attempt failed; it is tried again'
          }
        >
          <span className="font-mono text-xs break-words">{redact(event.lastError)}</span>
        </Notice>
      )}
      <Card className="p-5">
        <Facts
          facts={[
            ['Source', event.source],
            ['Signature', signatureWords[event.signature]],
            ['Signed', <RelativeTime key="signed" at={event.signedAt} />],
            ['Received', <RelativeTime key="received" at={event.receivedAt} />],
            ['Deliveries', event.deliveries],
            ['Attempts', event.attempts],
            ['Faults of its own', event.faults],
            ['Tried again', event.nextAttemptAt && <RelativeTime key="next" at={event.nextAttemptAt} />],
            ['Ignored because', event.ignoredBecause],
            ['Last attempt', event.lastAttemptAt && <RelativeTime key="attempt" at={event.lastAttemptAt} />],
            ['Done', event.processedAt && <RelativeTime key="done" at={event.processedAt} />],
            [
              'SHA-256 of the body',
              <span key="hash" className="font-mono text-xs break-all">
                {event.bodySha256}
              </span>,
            ],
          ]}
        />
      </Card>
      <section>
        <h2 className="mb-3 text-base">What happened to it</h2>
        <Timeline moments={event.history} />
      </section>
      <section>
        <h2 className="mb-1 text-base">Body</h2>
        <p className="mb-3 text-sm text-ink-3">As it came, but for what would let a reader pay as the buyer.</p>
        <Raw text={withoutSecrets(event.body)} label="Body" />
      </section>
    </main>
  )
}

/** Hides what opens somebody's checkout. The bytes themselves stay in the inbox, and the hash above is theirs. */
function withoutSecrets(body: string): string {
  return body.replace(/_secret_\w+/g, '_secret_(hidden)').replace(/("redirect_url"\s*:\s*")[^"]*/g, '$1(hidden)')
}
