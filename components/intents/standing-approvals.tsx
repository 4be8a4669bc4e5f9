'use client'

import { Undo2 } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { FailureNotice } from '#components/account/failure-notice.tsx'
import { useSend } from '#components/account/use-send.ts'
import { networkName } from '#components/onramp/network-name.ts'
import { Amount } from '#components/ui/amount.tsx'
import { Button } from '#components/ui/button.tsx'
import { Card } from '#components/ui/card.tsx'
import { FullAddress } from '#components/ui/full-address.tsx'
import { RelativeTime } from '#components/ui/relative-time.tsx'
import type { StandingApproval } from '#lib/intents/standing-approval.ts'

type StandingApprovalsProps = { approvals: StandingApproval[]; agents: { id: string; name: string }[] }

/** What was approved beforehand and still holds, with its bounds; each can be taken back at one press. */
export function StandingApprovals({ approvals, agents }: StandingApprovalsProps) {
  if (approvals.length === 0) return null
  return (
    <section aria-labelledby="standing" className="mt-6">
      <h2 id="standing" className="mb-3 text-base">
        You approved beforehand
      </h2>
      <Card>
        <ul className="divide-y divide-line">
          {approvals.map((approval) => (
            <Row
              key={approval.id}
              approval={approval}
              name={agents.find(({ id }) => id === approval.agentId)?.name ?? 'Your own wallet'}
            />
          ))}
        </ul>
      </Card>
    </section>
  )
}

function Row({ approval, name }: { approval: StandingApproval; name: string }) {
  const router = useRouter()
  const { send, busy, failure } = useSend()

  async function revoke() {
    const path = `/api/v1/standing-approvals/${approval.id}`
    if ((await send({ method: 'DELETE', path })) !== null) router.refresh()
  }

  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-3 px-4 py-3.5 text-sm sm:px-5">
      <div className="min-w-0">
        <p>
          <span className="font-medium">{name}</span> may pay up to{' '}
          <Amount value={approval.amountLimit} code={approval.asset} className="font-medium" /> each on{' '}
          {networkName(approval.network)}, {approval.usesLeft === 1 ? 'once more' : `${approval.usesLeft} times more`},
          to
        </p>
        <FullAddress value={approval.recipientAddress} />
        <p className="text-ink-3">
          Ends <RelativeTime at={approval.expiresAt} />
        </p>
      </div>
      <Button variant="secondary" size="sm" busy={busy} onClick={revoke}>
        <Undo2 aria-hidden="true" className="size-4" /> Take it back
      </Button>
      {failure && (
        <div className="basis-full">
          <FailureNotice failure={failure} />
        </div>
      )}
    </li>
  )
}
