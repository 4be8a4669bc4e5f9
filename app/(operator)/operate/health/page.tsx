import type { Metadata, Route } from 'next'
import type { ReactNode } from 'react'
import { acknowledge } from '#app/(operator)/operate/actions.ts'
import { requireOperator } from '#app/(operator)/operate/require-operator.ts'
import { OpenAlerts } from '#components/operate/alert-rows.tsx'
import { FindingRows } from '#components/operate/finding-rows.tsx'
import { HealthTable } from '#components/operate/health-table.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import {
  type HealthCheck,
  listHealthChecks,
  listOpenAlerts,
  listOpenFindings,
  staleAfterMinutes,
} from '#lib/operate/health.ts'

export const metadata: Metadata = { title: 'Health' }

export default async function HealthPage() {
  const actor = await requireOperator()
  const [checks, alerts, findings] = await Promise.all([
    listHealthChecks({ actor }),
    listOpenAlerts({ actor }),
    listOpenFindings({ actor }),
  ])
  return (
    <main id="main" className="flex flex-col gap-8">
      <h1 className="sr-only">Health</h1>
      <Section title="Alerts" history="/operate/health/alerts">
        {alerts.length === 0 ? (
          <Notice tone="arrived" title="Nothing asks for somebody">
            An alert opens by itself, once, and clears when what it is about is gone.
          </Notice>
        ) : (
          <OpenAlerts alerts={alerts} acknowledge={acknowledge} />
        )}
      </Section>
      <Section title="Parts">
        <Watched checks={checks} />
        {checks.length > 0 && <HealthTable checks={checks} />}
      </Section>
      <Section title="Findings" history="/operate/health/findings">
        {findings.length === 0 ? (
          <Notice tone="arrived" title="Everything adds up">
            Every five minutes what we believe is compared with what Stripe and the chain say.
          </Notice>
        ) : (
          <FindingRows label="Open findings" findings={findings} />
        )}
      </Section>
    </main>
  )
}

function Section({ title, history, children }: { title: string; history?: string; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-3">
      <div className="flex min-h-9 items-center justify-between gap-3">
        <h2 className="text-base">{title}</h2>
        {history && (
          <LinkButton href={history as Route} variant="quiet" size="sm">
            Cleared {title.toLowerCase()}
          </LinkButton>
        )}
      </div>
      {children}
    </section>
  )
}

/** Says so when nobody looks: then what is shown says nothing about now. */
function Watched({ checks }: { checks: HealthCheck[] }) {
  if (checks.length === 0) {
    return (
      <Notice tone="attention" title="Nobody has looked yet">
        The worker looks after every part each minute. If nothing shows up here, it does not run: start it with npm run
        worker, or on Vercel see that its crons are called.
      </Notice>
    )
  }
  if (!checks.some(({ stale }) => stale)) return null
  return (
    <Notice tone="failed" title="The worker does not run">
      Nobody has looked for more than {staleAfterMinutes} minutes, so what is below may be wrong by now. Start the
      worker with npm run worker, or on Vercel see that its crons are called. Money on its way waits safely until then.
    </Notice>
  )
}
