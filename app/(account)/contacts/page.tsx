import { BookUser } from 'lucide-react'
import type { Metadata } from 'next'
import { fromTheStart } from '#app/(account)/from-the-start.ts'
import { requirePerson } from '#app/(account)/require-person.ts'
import { tokenAddresses } from '#app/(account)/wallet-networks.ts'
import { AccountPage } from '#components/account/account-page.tsx'
import { Pager } from '#components/activity/pager.tsx'
import { AddContact } from '#components/contacts/add-contact.tsx'
import { ContactList } from '#components/contacts/contact-list.tsx'
import { Card } from '#components/ui/card.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { listContacts } from '#lib/contacts/list.ts'

export const metadata: Metadata = { title: 'Contacts', referrer: 'same-origin', robots: { index: false } }

type ContactsPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function ContactsPage({ searchParams }: ContactsPageProps) {
  const actor = await requirePerson('/contacts')
  const { cursor } = await searchParams
  const after = typeof cursor === 'string' ? cursor : undefined
  const { contacts, nextCursor } = await fromTheStart(
    '/contacts',
    listContacts(actor, { limit: 100, ...(after ? { cursor: after } : {}) }),
  )
  const add = <AddContact contacts={contacts} tokenAddresses={tokenAddresses} />
  return (
    <AccountPage
      title="Contacts"
      lead="Whom you and your agents pay by name. Only you can add one or take one away."
      action={contacts.length > 0 && add}
    >
      {contacts.length > 0 ? (
        <ContactList contacts={contacts} />
      ) : (
        <Card>
          <EmptyState icon={BookUser} title="No contacts yet" action={add}>
            Save the people and shops you pay. A name is harder to get wrong than an address.
          </EmptyState>
        </Card>
      )}
      <Pager path="/contacts" query={{}} first={after === undefined} nextCursor={nextCursor} />
    </AccountPage>
  )
}
