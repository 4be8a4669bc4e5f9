import { ArrowLeft } from 'lucide-react'
import type { Metadata, Route } from 'next'
import Link from 'next/link'
import { trialContacts, trialWallets } from '#app/(account)/guards/trial.ts'
import { requirePerson } from '#app/(account)/require-person.ts'
import { AccountPage } from '#components/account/account-page.tsx'
import { Studio } from '#components/guards/studio.tsx'
import { listAgents } from '#lib/agents/list.ts'
import { getGuards } from '#lib/guards/get.ts'
import { listGuardVersions } from '#lib/guards/list-versions.ts'
import { listWallets } from '#lib/wallets/list.ts'

export const metadata: Metadata = { title: 'Guards', referrer: 'same-origin', robots: { index: false } }

export default async function GuardsPage() {
  const actor = await requirePerson('/guards')
  const [set, { versions, nextCursor }, { agents }, { wallets: own }, contacts] = await Promise.all([
    getGuards(actor, 'person'),
    listGuardVersions(actor, 'person'),
    listAgents(actor, { limit: 100 }),
    listWallets(actor, { kind: 'external', limit: 100 }),
    trialContacts(actor),
  ])
  return (
    <AccountPage
      above={
        <Link
          href={'/agents' as Route}
          className="inline-flex items-center gap-1.5 rounded-sm text-ink-2 underline-offset-4 hover:text-ink hover:underline"
        >
          <ArrowLeft aria-hidden="true" className="size-4" /> Agents
        </Link>
      }
      title="What all your wallets may pay"
      lead="These rules hold for every agent and for your own wallets together, beside the rules that each agent has."
    >
      <Studio
        path="/api/v1/guards"
        set={set}
        versions={versions}
        moreVersions={nextCursor !== null}
        wallets={trialWallets([...agents, { name: 'Your own', wallets: own }])}
        contacts={contacts}
      />
    </AccountPage>
  )
}
