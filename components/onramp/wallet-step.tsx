'use client'

import { ClipboardPaste, Wallet } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import type { AddressVerdict } from '#components/onramp/address-check.ts'
import type { Pair } from '#components/onramp/types.ts'
import { WholeAddress } from '#components/onramp/whole-address.tsx'
import { Button } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { Notice } from '#components/ui/notice.tsx'

const WalletPicker = dynamic(() => import('#components/wallet/picker.tsx').then((module) => module.WalletPicker), {
  ssr: false,
})

type WalletStepProps = {
  pair: Pair
  typed: string
  verdict: AddressVerdict
  /** What the server said of the address, until it is changed. */
  refusal: string | null
  /** Whether going on was tried, which is when an unfinished address is wrong. */
  pressed: boolean
  knownAddresses: string[]
  onTyped: (typed: string) => void
}

/** Where it goes: an address pasted, one used before, or a wallet in this browser. */
export function WalletStep({ pair, typed, verdict, refusal, pressed, knownAddresses, onTyped }: WalletStepProps) {
  const [picking, setPicking] = useState(false)
  const unfinished =
    verdict.state === 'empty'
      ? 'Paste an address, or connect a wallet.'
      : 'This is not a whole address yet: it has 42 characters.'
  const error =
    refusal ?? (verdict.state === 'refused' ? verdict.reason : pressed && verdict.state !== 'good' ? unfinished : null)
  return (
    <div className="space-y-4">
      <Field
        label={`Your address on ${pair.chainName}`}
        error={error}
        hint="It starts with 0x and has 42 characters."
        reserve
      >
        {(control) => (
          <div className="relative">
            <Input
              {...control}
              value={typed}
              onChange={(event) => onTyped(event.target.value)}
              placeholder="0x…"
              autoComplete="off"
              autoCapitalize="off"
              autoCorrect="off"
              spellCheck={false}
              enterKeyHint="next"
              className="pr-22 font-mono text-sm! h-13"
            />
            <PasteButton onPaste={onTyped} />
          </div>
        )}
      </Field>

      {verdict.state === 'good' && !error && (
        <div className="animate-arrive space-y-3">
          <WholeAddress value={verdict.address} />
          {verdict.caution && (
            <Notice tone="attention" title="Is this the address you mean?" announce>
              {verdict.caution}
            </Notice>
          )}
        </div>
      )}

      {typed === '' && knownAddresses.length > 0 && (
        <div>
          <p className="mb-1.5 text-sm text-ink-3">Used before in this browser</p>
          <ul className="flex flex-wrap gap-2">
            {knownAddresses.slice(0, 3).map((address) => (
              <li key={address}>
                <Button
                  variant="secondary"
                  size="sm"
                  className="font-mono"
                  title={address}
                  onClick={() => onTyped(address)}
                >
                  {address.slice(0, 6)}…{address.slice(-4)}
                </Button>
              </li>
            ))}
          </ul>
        </div>
      )}

      <div className="flex items-center gap-3 text-xs text-ink-3 before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
        or
      </div>
      <Button variant="secondary" className="w-full" onClick={() => setPicking(true)}>
        <Wallet aria-hidden="true" className="size-4" />
        Connect a wallet
      </Button>
      {picking && (
        <WalletPicker
          chain={{
            chainId: pair.chainId,
            name: pair.chainName,
            nativeCurrency: pair.nativeCurrency,
            rpcUrl: pair.rpcUrl,
            explorerUrl: pair.explorerUrl,
          }}
          onSelect={(address: string) => {
            onTyped(address)
            setPicking(false)
          }}
          onClose={() => setPicking(false)}
        />
      )}
    </div>
  )
}

function PasteButton({ onPaste }: { onPaste: (text: string) => void }) {
  const [refused, setRefused] = useState(false)
  if (refused) return null
  return (
    <Button
      variant="quiet"
      size="sm"
      className="absolute top-2 right-2"
      onClick={() => {
        navigator.clipboard.readText().then(
          (text) => onPaste(text.trim().slice(0, 200)),
          () => setRefused(true),
        )
      }}
    >
      <ClipboardPaste aria-hidden="true" className="size-4" />
      Paste
    </Button>
  )
}
