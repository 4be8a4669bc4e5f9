'use client'

import { useState } from 'react'
import { Confirm } from '#components/account/confirm.tsx'
import { alertWords, lineWords } from '#components/rate-alerts/alert-words.ts'
import { RenewSecret } from '#components/rate-alerts/renew-secret.tsx'
import { TestWebhook } from '#components/rate-alerts/test-webhook.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { Button } from '#components/ui/button.tsx'
import { Card } from '#components/ui/card.tsx'
import { RelativeTime } from '#components/ui/relative-time.tsx'
import { useLocale } from '#components/ui/use-locale.ts'
import type { RateAlert } from '#lib/rates/alerts/schema.ts'

/** A person's price alerts: what each waits for, what became of it, and an end to it. */
export function AlertList({ alerts }: { alerts: RateAlert[] }) {
  const locale = useLocale()
  const [ending, setEnding] = useState<RateAlert | null>(null)
  return (
    <>
      <Card>
        <ul className="divide-y divide-line">
          {alerts.map((alert) => (
            <AlertItem key={alert.id} alert={alert} onEnd={() => setEnding(alert)} />
          ))}
        </ul>
      </Card>
      {ending && (
        <Confirm
          open
          onClose={() => setEnding(null)}
          title="End this alert?"
          description={`You are not told when ${lineWords(ending, locale)}.`}
          confirm="End the alert"
          danger
          request={{ method: 'POST', path: `/api/v1/rates/alerts/${ending.id}/cancellation` }}
        />
      )}
    </>
  )
}

function AlertItem({ alert, onEnd }: { alert: RateAlert; onEnd: () => void }) {
  const locale = useLocale()
  const { word, tone, sentence } = alertWords(alert, locale)
  const line = lineWords(alert, locale)
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 px-4 py-3.5 sm:px-5">
      <div className="min-w-0 flex-1 basis-60">
        <p className="font-medium break-words tabular-nums">{line}</p>
        <p className="mt-0.5 flex flex-wrap gap-x-2 text-sm text-ink-3">
          <span className="min-w-0 break-all">{alert.url ?? 'By email'}</span>
          <span aria-hidden="true" className="max-sm:hidden">
            ·
          </span>
          <RelativeTime at={alert.endedAt ?? alert.createdAt} />
        </p>
        {sentence && <p className="mt-1 text-sm break-words text-ink-2">{sentence}</p>}
        {alert.nextAttemptAt && alert.attempts.length > 0 && (
          <p className="mt-0.5 text-sm text-ink-2">
            It is tried again <RelativeTime at={alert.nextAttemptAt} />.
          </p>
        )}
        {alert.channel === 'webhook' && alert.status !== 'cancelled' && (
          <div className="mt-2 flex flex-wrap items-center gap-2">
            <TestWebhook id={alert.id} line={line} />
            <RenewSecret id={alert.id} line={line} />
          </div>
        )}
      </div>
      <div className="flex items-center gap-2">
        <Badge tone={tone}>{word}</Badge>
        {alert.status === 'armed' && (
          <Button variant="quiet" size="sm" onClick={onEnd} aria-label={`End the alert: ${line}`}>
            End
          </Button>
        )}
      </div>
    </li>
  )
}
