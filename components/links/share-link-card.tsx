'use client'

import { ExternalLink } from 'lucide-react'
import { Section } from '#components/account/section.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { QrCode } from '#components/ui/qr-code.tsx'

/** The link as it is shared: as a code that opens its page, and as a text. */
export function ShareLinkCard({ url }: { url: string }) {
  return (
    <Section title="Share it" lead="Opens the page on which anybody can pay, from any wallet.">
      <div className="flex flex-col items-center gap-4 px-5 pb-5">
        <QrCode value={url} label="the page of this link" className="size-44" />
        <div className="flex w-full items-center gap-1 rounded-md bg-sunk py-1.5 pr-1.5 pl-3.5">
          <code className="min-w-0 flex-1 font-mono text-[0.8125rem] break-all">{url}</code>
          <CopyButton text={url} label="Copy the link" className="size-9" />
        </div>
        <a
          href={url}
          target="_blank"
          rel="noopener noreferrer"
          className="inline-flex items-center gap-1.5 rounded-sm text-sm text-ink-2 underline decoration-edge underline-offset-4 hover:text-ink"
        >
          See it as they do <ExternalLink aria-hidden="true" className="size-3.5" />
          <span className="sr-only">(opens in a new tab)</span>
        </a>
      </div>
    </Section>
  )
}
