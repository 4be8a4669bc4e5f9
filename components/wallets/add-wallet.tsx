'use client'

import { Plus } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useRouter } from 'next/navigation'
import { type FormEvent, useState } from 'react'
import { AddressField } from '#components/account/address-field.tsx'
import { FailureNotice } from '#components/account/failure-notice.tsx'
import { useSend } from '#components/account/use-send.ts'
import { useTypedAddress } from '#components/account/use-typed-address.ts'
import { Button } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import { Select } from '#components/ui/select.tsx'
import type { OwnNetwork } from '#components/wallets/types.ts'

const WalletPicker = dynamic(() => import('#components/wallet/picker.tsx').then((module) => module.WalletPicker), {
  ssr: false,
})

type AddWalletProps = { networks: OwnNetwork[]; tokenAddresses: string[] }

/** Names a wallet of one's own, to pay from it and to be paid into it. */
export function AddWallet(props: AddWalletProps) {
  const [open, setOpen] = useState(false)
  if (open) return <AddWalletForm {...props} onDone={() => setOpen(false)} />
  return (
    <Button variant="secondary" size="sm" onClick={() => setOpen(true)}>
      <Plus aria-hidden="true" className="size-4" /> Add a wallet of your own
    </Button>
  )
}

function AddWalletForm({ networks, tokenAddresses, onDone }: AddWalletProps & { onDone: () => void }) {
  const router = useRouter()
  const { send, busy, failure, forget } = useSend()
  const [network, setNetwork] = useState(networks[0])
  const [typed, setTyped] = useState('')
  const [pressed, setPressed] = useState(false)
  const [picking, setPicking] = useState(false)
  const { verdict, address } = useTypedAddress(typed, tokenAddresses)
  if (!network) return null

  function type(next: string) {
    forget()
    setTyped(next.slice(0, 200))
  }

  async function add(event: FormEvent) {
    event.preventDefault()
    setPressed(true)
    if (!address || !network) return
    const body = { network: network.network, address }
    if ((await send({ method: 'POST', path: '/api/v1/wallets', body })) === null) return
    onDone()
    router.refresh()
  }

  return (
    <form onSubmit={add} noValidate className="flex max-w-120 flex-col gap-4">
      <Field label="Network">
        {(control) => (
          <Select
            {...control}
            value={network.network}
            onChange={(event) => setNetwork(networks.find((each) => each.network === event.target.value))}
          >
            {networks.map((each) => (
              <option key={each.network} value={each.network}>
                {each.name}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <AddressField
        label="Your address"
        typed={typed}
        verdict={verdict}
        refusal={failure?.field === 'address' ? failure.detail : null}
        pressed={pressed}
        compareWith="your wallet’s"
        onTyped={type}
      />
      {failure && failure.field !== 'address' && <FailureNotice failure={failure} />}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" busy={busy}>
          Add this wallet
        </Button>
        <Button variant="secondary" onClick={() => setPicking(true)}>
          Take it from a wallet
        </Button>
        <Button variant="quiet" onClick={onDone}>
          Cancel
        </Button>
      </div>
      {picking && (
        <WalletPicker
          chain={network}
          onSelect={(address: string) => {
            type(address)
            setPicking(false)
          }}
          onClose={() => setPicking(false)}
        />
      )}
    </form>
  )
}
