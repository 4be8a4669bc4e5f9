'use client'

import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { CopyAddress } from '#components/ui/copy-address.tsx'
import { Notice } from '#components/ui/notice.tsx'
import type { Wallet, WalletChain, WalletConnection } from '#components/wallet/types.ts'
import { type WalletError, walletError } from '#components/wallet/wallet-error.ts'

type WrongNetworkProps = {
  wallet: Wallet
  connection: WalletConnection
  chain: WalletChain
  onContinue: () => void
  onBack: () => void
}

/** The wallet is on another network: offers to change it there, and says why staying is fine too. */
export function WrongNetwork({ wallet, connection, chain, onContinue, onBack }: WrongNetworkProps) {
  const [switching, setSwitching] = useState(false)
  const [error, setError] = useState<WalletError>(null)

  async function change() {
    setSwitching(true)
    setError(null)
    try {
      await connection.switchTo(chain)
      onContinue()
    } catch (caught) {
      setError(walletError(caught, wallet.name))
      setSwitching(false)
    }
  }

  return (
    <div className="flex flex-col gap-4">
      <p className="text-sm text-ink-2">
        {wallet.name} is on another network. What you buy arrives on <strong className="text-ink">{chain.name}</strong>,
        at this address. Switch to see it there at once; this adds {chain.name} to the wallet if it is new to it.
      </p>
      <CopyAddress value={connection.address} label="Wallet address" />
      {error && (
        <Notice tone="attention" title={error.title} announce>
          {error.detail} Only the address is needed, so you may also continue as it is.
        </Notice>
      )}
      <div className="flex flex-col gap-2">
        <Button busy={switching} onClick={change}>
          {switching ? `Answer in ${wallet.name}` : `Switch to ${chain.name}`}
        </Button>
        <Button variant="secondary" onClick={onContinue}>
          Continue without switching
        </Button>
        <Button variant="quiet" onClick={onBack}>
          Choose another wallet
        </Button>
      </div>
      {!error && <p className="text-sm text-ink-3">Only the address is needed. You can switch later, in the wallet.</p>}
    </div>
  )
}
