import { ArrowUpRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { QrCode } from '#components/ui/qr-code.tsx'

type ReceiveProps = {
  address: string
  /** Whose it is: "Ada". */
  name: string
  /** "Mezo testnet". */
  network: string
  /** What may be sent there: "USDC". */
  assets: string[]
  /** What the network takes its fees in: "BTC". */
  coin: string
  explorer: string
  children?: ReactNode
}

/** How money gets into a wallet: its address as a code for a phone, whole, and to copy, and what may be sent to it. */
export function Receive({ address, name, network, assets, coin, explorer, children }: ReceiveProps) {
  return (
    <div className="flex flex-col items-center gap-5 px-5 pb-5 sm:flex-row sm:items-start">
      <QrCode value={address} label={`the address of ${name}’s wallet`} className="size-40 shrink-0" />
      <div className="w-full min-w-0 flex-1 text-sm">
        <p className="text-ink-2">
          Send {new Intl.ListFormat('en-US', { type: 'disjunction' }).format(assets)} on {network} to this address, and
          a little {coin}, in which the network takes its fees. Anything else, or from another network, does not arrive.
        </p>
        <div className="mt-3 flex items-center gap-1 rounded-md bg-sunk py-1.5 pr-1.5 pl-3.5">
          <code className="min-w-0 flex-1 font-mono text-[0.8125rem] break-all">{address}</code>
          <CopyButton text={address} label="Copy the address" className="size-9" />
        </div>
        <div className="mt-3 flex flex-wrap items-center gap-x-4 gap-y-2">
          {children}
          <a
            href={explorer}
            target="_blank"
            rel="noopener noreferrer"
            className="inline-flex items-center gap-1 rounded-sm text-ink-2 underline decoration-edge underline-offset-4 hover:text-ink"
          >
            On the explorer <ArrowUpRight aria-hidden="true" className="size-3.5" />
            <span className="sr-only">(opens in a new tab)</span>
          </a>
        </div>
      </div>
    </div>
  )
}
