'use client'

import { Ban, HandCoins, ReceiptText } from 'lucide-react'
import type { Route } from 'next'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Confirm } from '#components/account/confirm.tsx'
import { FailureNotice } from '#components/account/failure-notice.tsx'
import { Section } from '#components/account/section.tsx'
import { useSend } from '#components/account/use-send.ts'
import { LinkFacts } from '#components/links/link-facts.tsx'
import { LinkPayments, PaymentRow } from '#components/links/link-payments.tsx'
import { arriving, linkWords } from '#components/links/link-words.ts'
import { ShareLinkCard } from '#components/links/share-link-card.tsx'
import { networkName } from '#components/onramp/network-name.ts'
import { Badge } from '#components/ui/badge.tsx'
import { Button } from '#components/ui/button.tsx'
import { Card } from '#components/ui/card.tsx'
import { cx } from '#components/ui/cx.ts'
import { LinkButton } from '#components/ui/link-button.tsx'
import { useLocale } from '#components/ui/use-locale.ts'
import { useNow } from '#components/ui/use-now.ts'
import type { LinkPayment, OwnLink as Own } from '#lib/links/schema.ts'

/** A link as its owner sees it: where it stands, what came, how to share it, and how to end it. */
export function OwnLink({ link }: { link: Own }) {
  const locale = useLocale()
  const now = useNow() ?? Date.parse(link.createdAt)
  const words = linkWords(link, locale, now)
  const open = link.status === 'open' || link.status === 'partly_paid'
  return (
    <div className={cx('grid items-start gap-6', open && 'lg:grid-cols-[minmax(0,1fr)_22rem]')}>
      <div className="flex min-w-0 flex-col gap-6">
        <Card className="p-5 sm:p-8">
          <Badge tone={words.tone}>{words.word}</Badge>
          <div aria-live="polite" aria-atomic="true" className="mt-4">
            <h1 className="text-lg sm:max-w-140">{words.sentence}</h1>
            {open ? (
              <p className="mt-2 text-sm text-ink-2">
                What arrives is shown here by itself, from any wallet. Nobody has to tell you.
              </p>
            ) : (
              <p className="mt-2 text-sm text-ink-2">{forOwner(words.next)}</p>
            )}
          </div>
          <div className="mt-5 flex flex-wrap gap-2 empty:hidden">
            {Number(link.received) > 0 && (
              <LinkButton href={`/l/${link.id}/receipt` as Route} variant="secondary" prefetch={false}>
                <ReceiptText aria-hidden="true" className="size-4" /> View receipt
              </LinkButton>
            )}
            {open && !arriving(link) && <EndLink id={link.id} />}
          </div>
          <div className="mt-7 border-line border-t pt-6">
            <LinkFacts link={link} network={networkName(link.network)} />
          </div>
        </Card>
        {link.payments.length > 0 && (
          <Section title="What came">
            <div className="px-5 pb-2">
              <LinkPayments link={link} />
            </div>
          </Section>
        )}
        {link.unassigned.length > 0 && (
          <Section
            title="Is one of these for it?"
            lead="They came to the same address, and their amounts are asked for by no open link. They are in your wallet either way."
          >
            <ul className="divide-y divide-line px-5 pb-2">
              {link.unassigned.map((payment) => (
                <Unassigned key={payment.id} linkId={link.id} payment={payment} />
              ))}
            </ul>
          </Section>
        )}
      </div>
      {open && <ShareLinkCard url={link.url} />}
    </div>
  )
}

/** The payer is told to ask for money back; its owner is the one who is asked. */
function forOwner(next: string): string {
  return next.replaceAll('ask whoever was paid to return', 'whoever sent it may ask you to return')
}

function EndLink({ id }: { id: string }) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button variant="secondary" onClick={() => setOpen(true)}>
        <Ban aria-hidden="true" className="size-4" /> End this link
      </Button>
      <Confirm
        open={open}
        onClose={() => setOpen(false)}
        title="End this link?"
        description="Its page then asks nobody to pay. Money that is sent all the same still arrives in your wallet, and is shown as late."
        confirm="End the link"
        danger
        request={{ method: 'POST', path: `/api/v1/links/${id}/cancellation` }}
      />
    </>
  )
}

function Unassigned({ linkId, payment }: { linkId: string; payment: LinkPayment }) {
  const router = useRouter()
  const { send, busy, failure } = useSend()

  async function assign() {
    const body = { paymentId: payment.id }
    if (await send({ method: 'POST', path: `/api/v1/links/${linkId}/payments`, body })) router.refresh()
  }

  return (
    <>
      <PaymentRow payment={payment}>
        {payment.status === 'confirmed' ? (
          <Button variant="secondary" size="sm" busy={busy} onClick={assign}>
            <HandCoins aria-hidden="true" className="size-4" /> Count it for this link
          </Button>
        ) : (
          <Badge tone="moving">Not final yet</Badge>
        )}
      </PaymentRow>
      {failure && (
        <li className="pb-3">
          <FailureNotice failure={failure} />
        </li>
      )}
    </>
  )
}
