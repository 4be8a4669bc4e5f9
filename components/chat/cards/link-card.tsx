'use client'

import { Link2 } from 'lucide-react'
import type { Route } from 'next'
import Link from 'next/link'
import { useState } from 'react'
import { FailureNotice } from '#components/account/failure-notice.tsx'
import { useSend } from '#components/account/use-send.ts'
import { ChatCard } from '#components/chat/cards/chat-card.tsx'
import { Button } from '#components/ui/button.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { showAmount } from '#components/ui/show-amount.ts'
import { useLocale } from '#components/ui/use-locale.ts'
import type { ChatData } from '#lib/chat/schema.ts'
import type { OwnLink } from '#lib/links/schema.ts'

/** A payment link into the agent's wallet, which its person makes by a button of their own. */
export function LinkCard({ data: { amount, walletId } }: { data: ChatData['link'] }) {
  const locale = useLocale()
  const { send, busy, failure } = useSend<OwnLink>()
  const [link, setLink] = useState<OwnLink | null>(null)
  const title = amount ? `A link for ${showAmount(amount, 'USDC', locale)}` : 'A link for any amount of USDC'

  async function make() {
    const body = { walletId, asset: 'USDC', ...(amount ? { amount } : {}) }
    setLink(await send({ method: 'POST', path: '/api/v1/links', body }))
  }

  return (
    <ChatCard label={title} title={title}>
      {link ? (
        <div className="text-sm" role="status">
          <p className="flex items-start gap-1">
            <span className="min-w-0 font-mono break-all">{link.url}</span>
            <CopyButton text={link.url} label="Copy link" className="-mt-1" />
          </p>
          <Link
            href={`/links/${link.id}` as Route}
            prefetch={false}
            className="mt-2 inline-block rounded-sm text-ink-2 underline decoration-edge underline-offset-4 hover:text-ink"
          >
            Open the link and its code
          </Link>
        </div>
      ) : (
        <div className="space-y-3">
          <p className="text-sm text-ink-2">Anybody who has it can see it, and pay into this wallet.</p>
          {failure && <FailureNotice failure={failure} />}
          <Button variant="secondary" size="sm" busy={busy} onClick={make}>
            <Link2 aria-hidden="true" className="size-4" /> Make the link
          </Button>
        </div>
      )}
    </ChatCard>
  )
}
