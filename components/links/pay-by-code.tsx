import { CopyButton } from '#components/ui/copy-button.tsx'
import { QrCode } from '#components/ui/qr-code.tsx'
import type { Link } from '#lib/links/schema.ts'

/** How to pay with any wallet: a code that fills in the whole payment, or the same by hand. */
export function PayByCode({ link, network }: { link: Link; network: string }) {
  return (
    <div className="flex flex-col items-center gap-5 sm:flex-row sm:items-start">
      <QrCode value={link.paymentUri} label="this payment, for a wallet to read" className="size-44 shrink-0" />
      <div className="w-full min-w-0 flex-1 text-sm">
        <p className="text-ink-2">
          Scan it with a wallet on your phone, or send {link.asset} on {network} by hand.
          {link.due !== null && ' Send exactly this amount: it is how the payment is known.'}
        </p>
        {link.due !== null && <Row label="Amount" text={link.due} shown={`${link.due} ${link.asset}`} />}
        <Row label="Address" text={link.address} shown={link.address} />
        <p className="mt-3 text-ink-3">
          Another token, or another network, does not arrive here. The token’s contract is{' '}
          <code className="font-mono text-[0.8125rem] break-all">{link.token}</code>.
        </p>
      </div>
    </div>
  )
}

function Row({ label, text, shown }: { label: string; text: string; shown: string }) {
  return (
    <div className="mt-3">
      <p className="text-ink-3">{label}</p>
      <div className="mt-1 flex items-center gap-1 rounded-md bg-sunk py-1.5 pr-1.5 pl-3.5">
        <code className="min-w-0 flex-1 font-mono text-[0.8125rem] break-all">{shown}</code>
        <CopyButton text={text} label={`Copy the ${label.toLowerCase()}`} className="size-9" />
      </div>
    </div>
  )
}
