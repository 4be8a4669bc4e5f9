import type { Route } from 'next'
import { networkName } from '#components/onramp/network-name.ts'
import { CopyAddress } from '#components/ui/copy-address.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import type { Wallet } from '#lib/wallets/schema.ts'

/** The wallets that a person signs for. What they hold is theirs to count. */
export function OwnWalletList({ wallets }: { wallets: Wallet[] }) {
  if (wallets.length === 0) {
    return (
      <p className="px-5 pb-5 text-sm text-ink-2">
        None yet. Add one to pay from it here, and to be paid into it by your handle or a link.
      </p>
    )
  }
  return (
    <ul className="divide-y divide-line border-line border-t">
      {wallets.map(({ id, network, address, explorerUrl }) => (
        <li key={id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 px-5 py-3">
          <span className="text-sm">{networkName(network)}</span>
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
            {address && <CopyAddress value={address} label="Wallet" href={explorerUrl} />}
            <LinkButton href={`/wallets/${id}/pay` as Route} variant="secondary" size="sm" prefetch={false}>
              Pay<span className="sr-only"> from {address}</span>
            </LinkButton>
          </span>
        </li>
      ))}
    </ul>
  )
}
