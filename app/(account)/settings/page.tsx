import type { Metadata, Route } from 'next'
import Link from 'next/link'
import { signOutHere } from '#app/(account)/actions.ts'
import { requirePerson } from '#app/(account)/require-person.ts'
import { AccountPage } from '#components/account/account-page.tsx'
import { Section } from '#components/account/section.tsx'
import { SignOutForm } from '#components/auth/sign-out-form.tsx'
import { networkName } from '#components/onramp/network-name.ts'
import { HandleForm } from '#components/settings/handle-form.tsx'
import { listAgents } from '#lib/agents/list.ts'
import { requestPerson } from '#lib/auth/request-actor.ts'
import { getHandle } from '#lib/handles/get.ts'
import { listWallets } from '#lib/wallets/list.ts'
import type { Wallet } from '#lib/wallets/schema.ts'

export const metadata: Metadata = { title: 'Settings', referrer: 'same-origin', robots: { index: false } }

export default async function SettingsPage() {
  const actor = await requirePerson('/settings')
  const [person, handle, { agents }, { wallets }] = await Promise.all([
    requestPerson(),
    getHandle(actor),
    listAgents(actor, { limit: 100 }),
    listWallets(actor, { limit: 100 }),
  ])
  const nameOf = ({ agentId }: Wallet) => agents.find(({ id }) => id === agentId)?.name
  const choices = wallets.flatMap((wallet) =>
    wallet.address === null
      ? []
      : [
          {
            id: wallet.id,
            label: `${nameOf(wallet) ?? 'Your own'}, ${networkName(wallet.network)}, ${wallet.address.slice(0, 6)}…${wallet.address.slice(-4)}`,
          },
        ],
  )
  return (
    <AccountPage title="Settings">
      <div className="flex max-w-180 flex-col gap-6">
        <Section title="Your handle" lead="A short name under which others can pay you, instead of an address.">
          {choices.length > 0 ? (
            <HandleForm current={handle} wallets={choices} />
          ) : (
            <p className="px-5 pb-5 text-sm text-ink-2">
              A handle leads to a wallet. First{' '}
              <Link href={'/wallets' as Route} className="rounded-sm underline underline-offset-4">
                add one of your own
              </Link>{' '}
              or create an agent.
            </p>
          )}
        </Section>
        <Section title="Signed in">
          <div className="px-5 pb-5">
            <SignOutForm name={person?.actor.email ?? person?.address ?? 'this account'} action={signOutHere} />
          </div>
        </Section>
      </div>
    </AccountPage>
  )
}
