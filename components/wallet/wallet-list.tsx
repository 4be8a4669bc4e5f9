import { ChevronRight, QrCode, Wallet as WalletIcon } from 'lucide-react'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { Spinner } from '#components/ui/spinner.tsx'
import type { Wallet } from '#components/wallet/types.ts'

function Picture({ wallet }: { wallet: Wallet }) {
  if (wallet.icon) {
    // biome-ignore lint/performance/noImgElement: the picture is a data: URL that the wallet gave; there is nothing to optimise.
    return <img src={wallet.icon} alt="" width={32} height={32} className="size-8 rounded-sm" />
  }
  const Icon = wallet.id === 'walletConnect' ? QrCode : WalletIcon
  return (
    <span className="grid size-8 place-items-center rounded-sm bg-sunk text-ink-2">
      <Icon aria-hidden="true" className="size-4.5" />
    </span>
  )
}

type WalletListProps = {
  wallets: Wallet[]
  searching: boolean
  /** The wallet that is being asked now. */
  asking?: string | undefined
  onChoose: (wallet: Wallet) => void
}

/** The wallets to choose from, or how to get one. */
export function WalletList({ wallets, searching, asking, onChoose }: WalletListProps) {
  if (wallets.length === 0 && searching) return <Skeleton className="h-14 w-full" />
  const noneHere = !wallets.some(({ id }) => id !== 'walletConnect')
  return (
    <div className="flex flex-col gap-3">
      {noneHere && (
        <div className="rounded-md border border-line bg-sunk p-4 text-sm">
          <p className="font-medium">No wallet was found in this browser</p>
          <p className="mt-1 text-ink-2">
            Install one as a browser extension and reload this page, or open this page in the browser inside your
            wallet’s app{wallets.length > 0 && ', or reach the one on your phone here'}.
          </p>
        </div>
      )}
      <ul className="flex flex-col gap-2">
        {wallets.map((wallet) => (
          <li key={wallet.id}>
            <button
              type="button"
              onClick={() => onChoose(wallet)}
              disabled={asking !== undefined}
              className="flex min-h-14 w-full items-center gap-3 rounded-md border border-edge bg-raised px-3 text-left font-medium transition-colors hover:bg-sunk disabled:cursor-not-allowed disabled:border-line"
            >
              <Picture wallet={wallet} />
              <span className="min-w-0 flex-1">
                <span className="block truncate">{wallet.name}</span>
                {wallet.id === 'walletConnect' && (
                  <span className="block text-sm font-normal text-ink-3">A wallet on your phone, by QR code</span>
                )}
              </span>
              {asking === wallet.id ? (
                <Spinner className="size-4.5 text-tide" />
              ) : (
                <ChevronRight aria-hidden="true" className="size-4.5 text-ink-3" />
              )}
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}
