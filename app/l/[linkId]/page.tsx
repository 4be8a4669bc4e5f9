import type { Metadata } from 'next'
import { connection } from 'next/server'
import { orNotFound } from '#app/or-not-found.ts'
import { PayLink } from '#components/links/pay-link.tsx'
import { getLink } from '#lib/links/get.ts'
import { requireToken } from '#lib/rails/chain/tokens.ts'
import { walletChain } from '#lib/rails/chain/wallet-chain.ts'

export const metadata: Metadata = {
  title: 'Payment link',
  robots: { index: false, follow: false },
}

export default async function LinkPage({ params }: { params: Promise<{ linkId: string }> }) {
  await connection()
  const { linkId } = await params
  const link = await orNotFound(getLink({ role: 'anon' }, linkId))
  return (
    <main id="main" className="mx-auto w-full max-w-240 px-4 py-6 sm:px-6 sm:py-12">
      <PayLink
        key={linkId}
        link={link}
        chain={walletChain(link.network)}
        decimals={requireToken(link.asset, link.network).decimals}
      />
    </main>
  )
}
