import { ArrowLeft } from 'lucide-react'
import type { Metadata, Route } from 'next'
import Link from 'next/link'
import { trialContacts, trialWallets } from '#app/(account)/guards/trial.ts'
import { requirePerson } from '#app/(account)/require-person.ts'
import { orNotFound } from '#app/or-not-found.ts'
import { AccountPage } from '#components/account/account-page.tsx'
import { AlsoHolding } from '#components/guards/also-holding.tsx'
import { Studio } from '#components/guards/studio.tsx'
import { getAgent } from '#lib/agents/get.ts'
import { getGuards } from '#lib/guards/get.ts'
import { listGuardVersions } from '#lib/guards/list-versions.ts'

export const metadata: Metadata = { title: 'Guards', referrer: 'same-origin', robots: { index: false } }

type GuardsPageProps = { params: Promise<{ id: string }> }

export default async function AgentGuardsPage({ params }: GuardsPageProps) {
  const { id } = await params
  const actor = await requirePerson(`/agents/${id}/guards`)
  const agent = await orNotFound(getAgent(actor, id))
  const [set, ofPerson, { versions, nextCursor }, contacts] = await Promise.all([
    getGuards(actor, { agentId: id }),
    getGuards(actor, 'person'),
    listGuardVersions(actor, { agentId: id }),
    trialContacts(actor),
  ])
  return (
    <AccountPage
      above={
        <Link
          href={`/agents/${id}` as Route}
          className="inline-flex items-center gap-1.5 rounded-sm text-ink-2 underline-offset-4 hover:text-ink hover:underline"
        >
          <ArrowLeft aria-hidden="true" className="size-4" /> {agent.name}
        </Link>
      }
      title={`What ${agent.name} may pay`}
      lead="The database asks these rules when a payment is proposed, whoever proposes it. Only you can change them."
    >
      <AlsoHolding guards={ofPerson.guards} />
      <Studio
        path={`/api/v1/agents/${id}/guards`}
        set={set}
        versions={versions}
        moreVersions={nextCursor !== null}
        wallets={trialWallets([agent])}
        contacts={contacts}
      />
    </AccountPage>
  )
}
