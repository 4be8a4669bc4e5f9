import { Handshake, Wallet } from 'lucide-react'
import type { Metadata } from 'next'
import { bookLoss } from '#app/(operator)/operate/actions.ts'
import { requireOperator } from '#app/(operator)/operate/require-operator.ts'
import { ConfirmAction } from '#components/operate/confirm-action.tsx'
import { DeskCell, DeskRow, DeskTable } from '#components/operate/desk-table.tsx'
import { Amount } from '#components/ui/amount.tsx'
import { Card } from '#components/ui/card.tsx'
import { CopyAddress } from '#components/ui/copy-address.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { RelativeTime } from '#components/ui/relative-time.tsx'
import { listShortWallets, type ShortWallet } from '#lib/operate/list-short-wallets.ts'

export const metadata: Metadata = { title: 'Wallets' }

const columns = [
  'Agent',
  'Network',
  'Wallet',
  { name: 'Missing', right: true as const },
  { name: 'On chain', right: true as const },
  { name: 'In the ledger', right: true as const },
  { name: 'Held', right: true as const },
  'Since',
  'Book',
]

export default async function WalletsPage() {
  const actor = await requireOperator()
  const short = await listShortWallets({ actor })
  return (
    <main id="main">
      <h1 className="mb-4 text-lg">Wallets that hold less than their ledger says</h1>
      {short.length === 0 ? (
        <Card>
          <EmptyState icon={Wallet} title="None">
            Each wallet is read on chain every five minutes. What left one without a payment of ours shows up here.
          </EmptyState>
        </Card>
      ) : (
        <DeskTable label="Wallets" columns={columns}>
          {short.map((wallet) => (
            <WalletRow key={`${wallet.walletId}${wallet.asset}`} wallet={wallet} />
          ))}
        </DeskTable>
      )}
    </main>
  )
}

function WalletRow({ wallet }: { wallet: ShortWallet }) {
  const { walletId, asset, missing } = wallet
  return (
    <DeskRow>
      <DeskCell>{wallet.agent}</DeskCell>
      <DeskCell>{wallet.network}</DeskCell>
      <DeskCell>
        <CopyAddress value={wallet.address} label="Wallet" />
      </DeskCell>
      <DeskCell right>
        <Amount value={missing} code={asset} />
      </DeskCell>
      <DeskCell right>
        <Amount value={wallet.onChain} code={asset} />
      </DeskCell>
      <DeskCell right>
        <Amount value={wallet.posted} code={asset} />
      </DeskCell>
      <DeskCell right>
        <Amount value={wallet.held} code={asset} />
      </DeskCell>
      <DeskCell>
        <RelativeTime at={wallet.since} />
      </DeskCell>
      <DeskCell>
        <ConfirmAction
          id={`${walletId}/${asset}`}
          action={bookLoss}
          icon={<Handshake aria-hidden="true" className="size-3.5" />}
          label="Book it"
          title="Do you know where it went?"
          description={`The ledger of this wallet follows the chain: ${missing} ${asset} less. Nobody but Circle’s key can have moved it, so look in Circle’s console first, and replace the key if nobody of yours did. The audit log keeps your name and your note.`}
          subject={wallet.address}
          note={{ label: 'Where it went', hint: 'Such as the transaction that took it. Ten characters at least.' }}
          confirm="Book it"
          done="The ledger follows the chain."
        />
      </DeskCell>
    </DeskRow>
  )
}
