'use client'

import { Trash2 } from 'lucide-react'
import { useState } from 'react'
import { Confirm } from '#components/account/confirm.tsx'
import { Card } from '#components/ui/card.tsx'
import { CopyAddress } from '#components/ui/copy-address.tsx'
import type { Contact } from '#lib/contacts/schema.ts'

/** Everybody who is paid by name, with the whole address at hand. */
export function ContactList({ contacts }: { contacts: Contact[] }) {
  const [leaving, setLeaving] = useState<Contact | null>(null)
  return (
    <>
      <Card>
        <ul className="divide-y divide-line">
          {contacts.map((contact) => (
            <li key={contact.id} className="flex items-center gap-4 px-5 py-3">
              <div className="flex min-w-0 flex-1 flex-col gap-x-6 gap-y-0.5 sm:flex-row sm:items-center">
                <p className="min-w-0 sm:flex-1">
                  <span className="block font-medium break-words">{contact.name}</span>
                  {contact.domain && <span className="block text-sm break-all text-ink-3">{contact.domain}</span>}
                </p>
                <CopyAddress value={contact.address} label={`Address of ${contact.name}`} className="sm:max-w-120" />
              </div>
              <button
                type="button"
                title="Delete"
                aria-label={`Delete ${contact.name}`}
                onClick={() => setLeaving(contact)}
                className="grid size-9 shrink-0 place-items-center rounded-sm text-ink-3 transition-colors hover:bg-sunk hover:text-brick"
              >
                <Trash2 aria-hidden="true" className="size-4" />
              </button>
            </li>
          ))}
        </ul>
      </Card>
      {leaving && (
        <Confirm
          open
          onClose={() => setLeaving(null)}
          title={`Delete ${leaving.name}?`}
          description="Nobody can pay them by this name any more. Payments that were made or proposed keep their address."
          confirm="Delete the contact"
          danger
          request={{ method: 'DELETE', path: `/api/v1/contacts/${leaving.id}` }}
        />
      )}
    </>
  )
}
