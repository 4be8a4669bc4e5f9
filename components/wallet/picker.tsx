'use client'

import { useEffect, useRef, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { Notice } from '#components/ui/notice.tsx'
import type { Wallet, WalletChain, WalletConnection } from '#components/wallet/types.ts'
import { useWallets } from '#components/wallet/use-wallets.ts'
import { type WalletError, walletError } from '#components/wallet/wallet-error.ts'
import { WalletList } from '#components/wallet/wallet-list.tsx'
import { WrongNetwork } from '#components/wallet/wrong-network.tsx'

type WalletPickerProps = {
  /** The network the money will arrive on. */
  chain: WalletChain
  /** A wallet said yes. The caller closes the picker. */
  onSelect: (address: string) => void
  onClose: () => void
}

type Step =
  | { kind: 'choosing'; error: WalletError }
  | { kind: 'asking'; wallet: Wallet; hasWindow: boolean }
  | { kind: 'elsewhere'; wallet: Wallet; connection: WalletConnection }

/**
 * Asks a wallet for its address: one in this browser, or one on another device through WalletConnect. A wallet on another
 * network is offered a change and may stay there. Load it when a wallet is wanted: it brings the wallet code along.
 */
export function WalletPicker({ chain, onSelect, onClose }: WalletPickerProps) {
  const { wallets, searching } = useWallets(chain)
  const [step, setStep] = useState<Step>({ kind: 'choosing', error: null })
  // An answer that comes after the person went back, or chose another wallet, is too late.
  const asking = useRef<AbortController>(undefined)
  useEffect(() => () => asking.current?.abort(), [])

  async function ask(wallet: Wallet) {
    asking.current?.abort()
    const controller = new AbortController()
    const { signal } = controller
    asking.current = controller
    setStep({ kind: 'asking', wallet, hasWindow: false })
    try {
      const connection = await wallet.connect({
        signal,
        onWindow: () => setStep({ kind: 'asking', wallet, hasWindow: true }),
      })
      if (signal.aborted) return
      if (connection.chainId === chain.chainId) onSelect(connection.address)
      else setStep({ kind: 'elsewhere', wallet, connection })
    } catch (error) {
      if (!signal.aborted) setStep({ kind: 'choosing', error: walletError(error, wallet.name) })
    }
  }

  function goBack() {
    asking.current?.abort()
    setStep({ kind: 'choosing', error: null })
  }

  // Two windows over the page would lock each other.
  const elsewhere = step.kind === 'asking' && step.hasWindow
  const asksByCode = step.kind === 'asking' && step.wallet.id === 'walletConnect'
  return (
    <Dialog
      open={!elsewhere}
      onOpenChange={(open) => {
        if (!open && !elsewhere) onClose()
      }}
      title={step.kind === 'elsewhere' ? 'Connected, on another network' : 'Connect a wallet'}
      description={step.kind === 'elsewhere' ? undefined : 'We ask for its address only. Nothing is paid from it.'}
    >
      {step.kind === 'elsewhere' ? (
        <WrongNetwork {...step} chain={chain} onContinue={() => onSelect(step.connection.address)} onBack={goBack} />
      ) : (
        <div className="flex flex-col gap-3">
          {step.kind === 'choosing' && step.error && (
            <Notice tone="attention" title={step.error.title} announce>
              {step.error.detail}
            </Notice>
          )}
          {step.kind === 'asking' && (
            <Notice
              title={asksByCode ? 'Fetching your code' : `Answer in ${step.wallet.name}`}
              announce
              action={
                <Button variant="secondary" size="sm" onClick={goBack}>
                  Cancel
                </Button>
              }
            >
              {asksByCode
                ? 'WalletConnect shows it in a window of its own in a moment.'
                : 'The wallet shows a window of its own. It may hide behind this one.'}
            </Notice>
          )}
          <WalletList
            wallets={wallets}
            searching={searching}
            asking={step.kind === 'asking' ? step.wallet.id : undefined}
            onChoose={ask}
          />
        </div>
      )}
    </Dialog>
  )
}
