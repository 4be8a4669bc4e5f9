'use client'

import { Check, X } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { FailureNotice } from '#components/account/failure-notice.tsx'
import { useSend } from '#components/account/use-send.ts'
import { ApproveSimilar } from '#components/intents/approve-similar.tsx'
import { isNamed, Payee } from '#components/intents/payee.tsx'
import { shownHash } from '#components/intents/shown-hash.ts'
import { networkName } from '#components/onramp/network-name.ts'
import { Amount } from '#components/ui/amount.tsx'
import { Button } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { RelativeTime } from '#components/ui/relative-time.tsx'
import { showAmount } from '#components/ui/show-amount.ts'
import { useLocale } from '#components/ui/use-locale.ts'
import type { DecisionInput, Intent } from '#lib/intents/schema.ts'

type ApprovalCardProps = {
  intent: Intent
  onDecided: (decided: Intent) => void
  /** The way to the payment's own page, where this is not it. */
  more?: ReactNode
}

/** Exactly what would be paid, why a person is asked, and what they may decide. A decision is bound to what stands here. */
export function ApprovalCard({ intent, onDecided, more }: ApprovalCardProps) {
  const locale = useLocale()
  const { send, busy, failure } = useSend<Intent>()
  const [pressed, setPressed] = useState<'approve' | 'deny' | null>(null)
  const amount = showAmount(intent.amount, intent.asset, locale)
  const hash = shownHash(intent)

  async function decide(decision: DecisionInput['decision'], similar = false): Promise<boolean> {
    setPressed(decision)
    const body: DecisionInput = { decision, intentHash: hash, similar }
    const decided = await send({ method: 'POST', path: `/api/v1/intents/${intent.id}/approval`, body })
    if (decided) onDecided(decided)
    return decided !== null
  }

  // What is shown is not what would be paid: nobody may approve that, and the database would refuse it.
  if (hash !== intent.intentHash) {
    return (
      <Notice tone="failed" title="This payment cannot be shown as it is" announce>
        Nothing moves. Reload the page; if this stays, deny nothing and approve nothing, and tell us.
      </Notice>
    )
  }
  return (
    <div className="space-y-4">
      <ApprovalFacts intent={intent} />
      <Questions intent={intent} />
      {failure && <FailureNotice failure={failure} />}
      <div className="flex flex-wrap items-center gap-2">
        <Button busy={busy && pressed === 'approve'} onClick={() => decide('approve')} className="max-sm:w-full">
          <Check aria-hidden="true" className="size-4" />
          <span className="max-w-60 truncate">
            Approve {amount}
            {isNamed(intent) && ` to ${intent.recipient}`}
          </span>
        </Button>
        <ApproveSimilar intent={intent} approve={() => decide('approve', true)} busy={busy} />
        <Button
          variant="secondary"
          busy={busy && pressed === 'deny'}
          onClick={() => decide('deny')}
          className="max-sm:flex-1"
        >
          <X aria-hidden="true" className="size-4" /> Deny
        </Button>
        {more}
      </div>
    </div>
  )
}

function ApprovalFacts({ intent }: { intent: Intent }) {
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-5 gap-y-2 text-sm">
      <dt className="text-ink-3">Amount</dt>
      <dd>
        <Amount value={intent.amount} code={intent.asset} className="font-semibold" />
      </dd>
      <dt className="text-ink-3">To</dt>
      <dd>
        <Payee intent={intent} />
      </dd>
      <dt className="text-ink-3">Network</dt>
      <dd>
        {networkName(intent.network)} <span className="text-ink-3">({intent.chain})</span>
      </dd>
      <dt className="text-ink-3">From</dt>
      <dd>{intent.agentName === null ? 'Your own wallet' : `${intent.agentName}’s wallet`}</dd>
      <dt className="text-ink-3">For</dt>
      <dd className="min-w-0 break-words">{intent.purpose}</dd>
      <dt className="text-ink-3">Ends</dt>
      <dd>
        <RelativeTime at={intent.expiresAt} /> <span className="text-ink-3">unless you decide</span>
      </dd>
    </dl>
  )
}

/** Why a person is asked at all. */
function Questions({ intent }: { intent: Intent }) {
  const asked = intent.guardResults.filter(({ outcome }) => outcome === 'ask')
  if (intent.guardResults.length === 0) {
    return <p className="text-sm text-ink-2">You are asked because no guard is set.</p>
  }
  return (
    <ul className="space-y-1 text-sm text-ink-2">
      {asked.map(({ reason }) => (
        <li key={reason}>{reason}</li>
      ))}
    </ul>
  )
}
