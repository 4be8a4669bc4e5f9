'use client'

import { CheckCheck } from 'lucide-react'
import { useState } from 'react'
import { isNamed } from '#components/intents/payee.tsx'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { FullAddress } from '#components/ui/full-address.tsx'
import { showAmount } from '#components/ui/show-amount.ts'
import { useLocale } from '#components/ui/use-locale.ts'
import type { Intent } from '#lib/intents/schema.ts'
import { formatAmount, parseAmount } from '#lib/money/amount.ts'
import { requireToken } from '#lib/rails/chain/tokens.ts'

/** As app.decide_intent() grants it. */
const payments = 10

type ApproveSimilarProps = { intent: Intent; approve: () => Promise<boolean>; busy: boolean }

/** Approves a payment and the like of it for a day, once the bounds of that were shown. */
export function ApproveSimilar({ intent, approve, busy }: ApproveSimilarProps) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button variant="secondary" onClick={() => setOpen(true)} className="max-sm:flex-1">
        <CheckCheck aria-hidden="true" className="size-4" /> Similar for 24 h
      </Button>
      <Dialog
        open={open}
        onOpenChange={(next) => {
          if (!busy) setOpen(next)
        }}
        title="Approve this and the like for 24 hours?"
        description="You can take it back at any time on your dashboard."
      >
        <Bounds intent={intent} />
        <div className="mt-5 flex flex-wrap justify-end gap-2">
          <Button variant="secondary" onClick={() => setOpen(false)}>
            Keep asking me
          </Button>
          <Button
            busy={busy}
            onClick={async () => {
              await approve()
              setOpen(false)
            }}
          >
            Approve this and the like
          </Button>
        </div>
      </Dialog>
    </>
  )
}

function Bounds({ intent }: { intent: Intent }) {
  const locale = useLocale()
  const { decimals } = requireToken(intent.asset, intent.network)
  const most = formatAmount(parseAmount(intent.amount, decimals) * BigInt(payments), decimals, { minimumDecimals: 2 })
  const show = (amount: string) => showAmount(amount, intent.asset, locale)
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-5 gap-y-2 text-sm">
      <dt className="text-ink-3">Only from</dt>
      <dd>{intent.agentName === null ? 'Your own wallet' : `${intent.agentName}’s wallet`}</dd>
      <dt className="text-ink-3">Only to</dt>
      <dd>
        {isNamed(intent) && intent.recipient}
        <FullAddress value={intent.recipientAddress} />
      </dd>
      <dt className="text-ink-3">Each</dt>
      <dd>{show(intent.amount)} at most</dd>
      <dt className="text-ink-3">Altogether</dt>
      <dd>
        {payments} more payments, so {show(most)} at most
      </dd>
      <dt className="text-ink-3">Still refuse</dt>
      <dd>Guards that refuse: budgets, limits, blocked recipients and hours hold as before.</dd>
    </dl>
  )
}
