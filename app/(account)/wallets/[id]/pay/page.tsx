import { ArrowLeft } from 'lucide-react'
import type { Metadata, Route } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { requirePerson } from '#app/(account)/require-person.ts'
import { orNotFound } from '#app/or-not-found.ts'
import { AccountPage } from '#components/account/account-page.tsx'
import { PayForm } from '#components/sign/pay-form.tsx'
import { listContacts } from '#lib/contacts/list.ts'
import { networks } from '#lib/rails/chain/networks.ts'
import { tokens } from '#lib/rails/chain/tokens.ts'
import { getWallet } from '#lib/wallets/get.ts'

export const metadata: Metadata = { title: 'Pay', referrer: 'same-origin', robots: { index: false } }

export default async function PayFromWalletPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params
  const actor = await requirePerson(`/wallets/${id}/pay`)
  const [wallet, { contacts }] = await Promise.all([
    orNotFound(getWallet(actor, id)),
    listContacts(actor, { limit: 100 }),
  ])
  // What an agent's wallet pays, the agent proposes.
  if (wallet.kind !== 'external' || wallet.address === null) notFound()
  return (
    <AccountPage
      title="Pay from your own wallet"
      lead="Only your wallet can sign it, and it is shown as paid once the chain has it."
      above={
        <Link
          href={'/wallets' as Route}
          prefetch={false}
          className="inline-flex items-center gap-1.5 rounded-sm text-ink-2 hover:text-ink"
        >
          <ArrowLeft aria-hidden="true" className="size-4" /> Wallets
        </Link>
      }
    >
      <PayForm
        walletId={wallet.id}
        address={wallet.address}
        network={networks[wallet.network].label}
        assets={tokens.filter(({ network }) => network === wallet.network).map(({ asset }) => asset)}
        contacts={contacts.map(({ name }) => name)}
      />
    </AccountPage>
  )
}
