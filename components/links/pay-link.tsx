'use client'

import { ReceiptText, WifiOff } from 'lucide-react'
import type { Route } from 'next'
import { useEffect, useState } from 'react'
import { LinkFacts } from '#components/links/link-facts.tsx'
import { LinkPayments } from '#components/links/link-payments.tsx'
import { arriving, isPayable, linkWords } from '#components/links/link-words.ts'
import { PayByCode } from '#components/links/pay-by-code.tsx'
import { PayWithWallet } from '#components/links/pay-with-wallet.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { Card } from '#components/ui/card.tsx'
import { CopyAddress } from '#components/ui/copy-address.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { useLocale } from '#components/ui/use-locale.ts'
import { useNow } from '#components/ui/use-now.ts'
import { useWatched } from '#components/ui/use-watched.ts'
import type { WalletChain } from '#components/wallet/types.ts'
import type { Link } from '#lib/links/schema.ts'

type PayLinkProps = { link: Link; chain: WalletChain; decimals: number }

/** How long to wait before looking again: short while money moves. What has ended may still be paid late, and is looked at seldom. */
function waitForLink(link: Link): number {
  if (link.status === 'cancelled' || link.status === 'expired') return 15_000
  if (link.status === 'paid') return 10_000
  return arriving(link) ? 1_500 : 3_000
}

/** The page of a link: what is asked for, two ways to pay it, and what came, moving by itself. */
export function PayLink({ link: first, chain, decimals }: PayLinkProps) {
  const { thing: link, stale, look } = useWatched({ path: `/api/v1/links/${first.id}`, first, waitFor: waitForLink })
  const [sent, setSent] = useState<string | null>(null)
  const locale = useLocale()
  const now = useNow() ?? Date.parse(first.createdAt)
  const words = linkWords(link, locale, now)
  const seen = link.payments.some(({ hash }) => hash === sent)
  const waiting = sent !== null && !seen
  useEffect(() => {
    document.title = `${words.word} · Causeway`
  }, [words.word])

  return (
    <Card className="grid md:grid-cols-[minmax(0,1fr)_20rem]">
      <div className="min-w-0 p-5 sm:p-8">
        <div className="flex h-6 items-center justify-between">
          <Badge tone={words.tone}>{words.word}</Badge>
          {stale && (
            <span className="flex items-center gap-1.5 text-xs text-lamp" role="status">
              <WifiOff aria-hidden="true" className="size-3.5" />
              Reconnecting. This may be a moment old.
            </span>
          )}
        </div>
        <div aria-live="polite" aria-atomic="true" className="mt-4 min-h-20">
          <h1 className="text-lg sm:max-w-140">{words.sentence}</h1>
          <p className="mt-2 text-sm text-ink-2 sm:max-w-140">{words.next}</p>
        </div>
        {waiting && (
          <Notice
            title="Your wallet sent it. The chain is about to have it."
            announce
            className="mt-4"
            action={<CopyAddress value={sent} label="Transaction" href={`${chain.explorerUrl}/tx/${sent}`} />}
          >
            This takes a few seconds, longer where the network is busy. You can close this page; pay nothing twice.
          </Notice>
        )}
        {isPayable(link, now) && !waiting && !(link.due !== null && arriving(link)) && (
          <>
            <div className="mt-5">
              <PayWithWallet
                link={link}
                chain={chain}
                decimals={decimals}
                onSent={(hash) => {
                  setSent(hash)
                  look()
                }}
              />
            </div>
            <section className="mt-7 border-line border-t pt-6">
              <h2 className="mb-4 text-base">Or with any wallet</h2>
              <PayByCode link={link} network={chain.name} />
            </section>
          </>
        )}
        {Number(link.received) > 0 && (
          <div className="mt-5">
            <LinkButton href={`/l/${link.id}/receipt` as Route} variant="secondary" prefetch={false}>
              <ReceiptText aria-hidden="true" className="size-4" /> View receipt
            </LinkButton>
          </div>
        )}
        {link.payments.length > 0 && (
          <section className="mt-7 border-line border-t pt-5">
            <h2 className="text-base">What came</h2>
            <LinkPayments link={link} />
          </section>
        )}
      </div>
      <aside
        aria-label="What is asked for"
        className="min-w-0 border-line border-t bg-surface p-5 max-md:rounded-b-md sm:p-8 md:rounded-r-md md:border-t-0 md:border-l"
      >
        <LinkFacts link={link} network={chain.name} />
      </aside>
    </Card>
  )
}
