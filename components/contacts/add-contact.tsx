'use client'

import { UserPlus } from 'lucide-react'
import { useState } from 'react'
import { ContactForm } from '#components/contacts/contact-form.tsx'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import type { Contact } from '#lib/contacts/schema.ts'

type AddContactProps = { contacts: Contact[]; tokenAddresses: string[] }

/** Saves somebody to pay by name. */
export function AddContact(props: AddContactProps) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <UserPlus aria-hidden="true" className="size-4" /> Add a contact
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title="Add a contact"
        description="You and your agents can then pay them by name. Only you can add or change contacts; an agent cannot."
      >
        <ContactForm {...props} onSaved={() => setOpen(false)} />
      </Dialog>
    </>
  )
}
