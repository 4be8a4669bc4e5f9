import { ArrowLeft, MessageSquare, ShieldCheck } from 'lucide-react'
import type { Metadata, Route } from 'next'
import Link from 'next/link'
import { getTestFunds, readBalance } from '#app/(account)/agents/actions.ts'
import { requirePerson } from '#app/(account)/require-person.ts'
import { orNotFound } from '#app/or-not-found.ts'
import { AccountPage } from '#components/account/account-page.tsx'
import { Section } from '#components/account/section.tsx'
import { LiveRefresh } from '#components/activity/live-refresh.tsx'
import { AgentBadge } from '#components/agents/agent-badge.tsx'
import { AgentPayments } from '#components/agents/agent-payments.tsx'
import { ConnectSoftware } from '#components/agents/connect-software.tsx'
import { keyPlaceholder } from '#components/agents/connections.ts'
import { CreateKey } from '#components/agents/create-key.tsx'
import { FreezeAgent } from '#components/agents/freeze-agent.tsx'
import { GuardSummary } from '#components/agents/guard-summary.tsx'
import { KeyList } from '#components/agents/key-list.tsx'
import { RenameAgent } from '#components/agents/rename-agent.tsx'
import { isMoving } from '#components/intents/intent-words.ts'
import { LinkButton } from '#components/ui/link-button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { AgentWallet } from '#components/wallets/agent-wallet.tsx'
import { ReadBalance } from '#components/wallets/read-balance.tsx'
import { TestFunds } from '#components/wallets/test-funds.tsx'
import { getAgent } from '#lib/agents/get.ts'
import { listApiKeys } from '#lib/api-keys/list.ts'
import { env } from '#lib/env.ts'
import { getGuards } from '#lib/guards/get.ts'
import { listIntents } from '#lib/intents/list.ts'
import { networks } from '#lib/rails/chain/networks.ts'

type AgentPageProps = { params: Promise<{ id: string }> }

export const metadata: Metadata = { title: 'Agent', referrer: 'same-origin', robots: { index: false } }

export default async function AgentPage({ params }: AgentPageProps) {
  const { id } = await params
  const actor = await requirePerson(`/agents/${id}`)
  const agent = await orNotFound(getAgent(actor, id))
  const [{ intents }, { apiKeys }, own, everywhere] = await Promise.all([
    listIntents(actor, { agentId: id, limit: 8 }),
    listApiKeys(actor, id, { limit: 100 }),
    getGuards(actor, { agentId: id }),
    getGuards(actor, 'person'),
  ])
  const { name, frozenAt, wallets } = agent
  const frozen = frozenAt !== null
  const lively = intents.some(isMoving) || wallets.some(({ address }) => address === null)
  const { APP_URL } = env()
  const appUrl = new URL(APP_URL).origin
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
      title={
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="min-w-0 break-words">{name}</span>
          <RenameAgent id={id} name={name} />
          <AgentBadge agent={agent} />
        </span>
      }
      action={
        <>
          <FreezeAgent id={id} name={name} frozen={frozen} />
          <LinkButton href={`/agents/${id}/chat` as Route} size="sm">
            <MessageSquare aria-hidden="true" className="size-4" /> Chat
          </LinkButton>
        </>
      }
    >
      <LiveRefresh seconds={lively ? 2 : 15} />
      {frozen && (
        <Notice tone="attention" title={`${name} is frozen: nothing moves`} className="mb-6">
          What waited was cancelled, and its software is refused until you let it pay again. What Circle was already
          sending goes on to its end.
        </Notice>
      )}
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="flex min-w-0 flex-col gap-6">
          {wallets.map((wallet) => (
            <AgentWallet
              key={wallet.id}
              wallet={wallet}
              agentName={name}
              readBalance={<ReadBalance walletId={wallet.id} action={readBalance} />}
              testFunds={networks[wallet.network].testnet && <TestFunds walletId={wallet.id} action={getTestFunds} />}
            />
          ))}
          <Section
            title="Payments"
            action={
              intents.length > 0 && (
                <LinkButton href={`/intents?agentId=${id}` as Route} variant="quiet" size="sm">
                  All of them
                </LinkButton>
              )
            }
          >
            <AgentPayments name={name} intents={intents} />
          </Section>
        </div>
        <div className="flex min-w-0 flex-col gap-6">
          <Section
            title="Guards"
            action={
              <LinkButton href={`/agents/${id}/guards` as Route} variant="secondary" size="sm">
                <ShieldCheck aria-hidden="true" className="size-4" /> {own.guards.length > 0 ? 'Change' : 'Set guards'}
              </LinkButton>
            }
          >
            <div className="px-5 pb-5">
              <GuardSummary own={own.guards} everywhere={everywhere.guards} />
              <p className="mt-4 text-sm">
                <Link
                  href={'/guards' as Route}
                  className="rounded-sm text-ink-2 underline decoration-edge underline-offset-4 hover:text-ink"
                >
                  Guards for all your wallets
                </Link>
              </p>
            </div>
          </Section>
          <Section
            title="Keys"
            lead={`With a key, other software acts for ${name}.`}
            action={<CreateKey agentId={id} agentName={name} appUrl={appUrl} />}
          >
            {apiKeys.length > 0 ? (
              <KeyList keys={apiKeys} />
            ) : (
              <p className="px-5 pb-5 text-sm text-ink-3">
                No keys yet: nothing but this page and its chat acts for it.
              </p>
            )}
          </Section>
        </div>
      </div>
      <div className="mt-6">
        <Section title="Connect software" lead="By MCP, the way assistants use tools, or by REST.">
          <div className="px-5 pb-5">
            <ConnectSoftware appUrl={appUrl} apiKey={keyPlaceholder} />
          </div>
        </Section>
      </div>
    </AccountPage>
  )
}
