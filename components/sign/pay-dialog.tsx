'use client'

import { useEffect, useRef, useState } from 'react'
import { transferCall } from '#components/sign/transfer-call.ts'
import { TransferReview } from '#components/sign/transfer-review.tsx'
import type { TransferRequest } from '#components/sign/types.ts'
import { Button } from '#components/ui/button.tsx'
import { CopyAddress } from '#components/ui/copy-address.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { showAmount } from '#components/ui/show-amount.ts'
import { useLocale } from '#components/ui/use-locale.ts'
import type { Wallet, WalletConnection } from '#components/wallet/types.ts'
import { useWallets } from '#components/wallet/use-wallets.ts'
import { sendError, type WalletError, walletError } from '#components/wallet/wallet-error.ts'
import { WalletList } from '#components/wallet/wallet-list.tsx'

type PayDialogProps = {
  request: TransferRequest
  /** The wallet sent it. The caller closes the window. */
  onSent: (hash: `0x${string}`) => void
  onClose: () => void
}

type Connected = { wallet: Wallet; connection: WalletConnection }
type Step =
  | { kind: 'choosing' }
  | { kind: 'connecting'; wallet: Wallet; hasWindow: boolean }
  | ({ kind: 'connected'; chainId: number } & Connected)

const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase()

/**
 * Pays a transfer from a browser wallet: which wallet, on which network, what exactly, and then the wallet itself asks. Load it when
 * somebody wants to pay: it brings the wallet code along.
 */
export function PayDialog({ request, onSent, onClose }: PayDialogProps) {
  const { chain, from } = request
  const { wallets, searching } = useWallets(chain)
  const [step, setStep] = useState<Step>({ kind: 'choosing' })
  const [error, setError] = useState<WalletError>(null)
  const [busy, setBusy] = useState(false)
  const connecting = useRef<AbortController>(undefined)
  useEffect(() => () => connecting.current?.abort(), [])

  async function connect(wallet: Wallet) {
    connecting.current?.abort()
    const controller = new AbortController()
    const { signal } = controller
    connecting.current = controller
    setError(null)
    setStep({ kind: 'connecting', wallet, hasWindow: false })
    try {
      const connection = await wallet.connect({
        signal,
        onWindow: () => setStep({ kind: 'connecting', wallet, hasWindow: true }),
      })
      if (!signal.aborted) setStep({ kind: 'connected', wallet, connection, chainId: connection.chainId })
    } catch (caught) {
      if (signal.aborted) return
      setError(walletError(caught, wallet.name))
      setStep({ kind: 'choosing' })
    }
  }

  /** One question to the wallet at a time; what goes wrong is said, and may be tried again. */
  async function ask(wallet: Wallet, question: () => Promise<void>, explain = walletError) {
    setError(null)
    setBusy(true)
    try {
      await question()
    } catch (caught) {
      setError(explain(caught, wallet.name))
    } finally {
      setBusy(false)
    }
  }

  function choose() {
    connecting.current?.abort()
    setError(null)
    setStep({ kind: 'choosing' })
  }

  // Two windows over the page would lock each other.
  const elsewhere = step.kind === 'connecting' && step.hasWindow
  return (
    <Dialog
      open={!elsewhere}
      onOpenChange={(open) => {
        // What a wallet was asked for may still be answered there: closing would lose the answer.
        if (!open && !elsewhere && !busy) onClose()
      }}
      title={titleOf(step, request)}
    >
      <div className="flex flex-col gap-4">
        {error && (
          <Notice tone="attention" title={error.title} announce>
            {error.detail}
          </Notice>
        )}
        {step.kind === 'choosing' && from && (
          <p className="text-sm text-ink-2">
            Connect the wallet that pays: <CopyAddress value={from} label="Wallet" />
          </p>
        )}
        {step.kind === 'connecting' && (
          <Notice
            title={`Answer in ${step.wallet.name}`}
            announce
            action={
              <Button variant="secondary" size="sm" onClick={choose}>
                Cancel
              </Button>
            }
          >
            The wallet shows a window of its own. It may hide behind this one.
          </Notice>
        )}
        {step.kind !== 'connected' && (
          <WalletList
            wallets={wallets}
            searching={searching}
            asking={step.kind === 'connecting' ? step.wallet.id : undefined}
            onChoose={connect}
          />
        )}
        {step.kind === 'connected' && from && !same(step.connection.address, from) && (
          <WrongAccount expected={from} connected={step} onBack={choose} />
        )}
        {step.kind === 'connected' && (!from || same(step.connection.address, from)) && (
          <Confirm
            request={request}
            connected={step}
            onNetwork={step.chainId === chain.chainId}
            busy={busy}
            onSwitch={() =>
              ask(step.wallet, async () => {
                await step.connection.switchTo(chain)
                setStep({ ...step, chainId: chain.chainId })
              })
            }
            onPay={() =>
              ask(step.wallet, async () => onSent(await step.connection.send(transferCall(request))), sendError)
            }
            onBack={choose}
          />
        )}
      </div>
    </Dialog>
  )
}

function titleOf(step: Step, { from, chain }: TransferRequest): string {
  if (step.kind !== 'connected') return 'Connect a wallet'
  if (from && !same(step.connection.address, from)) return 'Another account'
  return step.chainId === chain.chainId ? 'Pay from your wallet' : 'Change the network'
}

function WrongAccount({ expected, connected, onBack }: { expected: string; connected: Connected; onBack: () => void }) {
  return (
    <>
      <p className="text-sm text-ink-2">
        {connected.wallet.name} is on <CopyAddress value={connected.connection.address} label="Connected account" />,
        and this payment is to come from <CopyAddress value={expected} label="Paying wallet" />. Change the account in
        the wallet, then connect it again.
      </p>
      <Button variant="secondary" onClick={onBack}>
        Connect again
      </Button>
    </>
  )
}

type ConfirmProps = {
  request: TransferRequest
  connected: Connected
  onNetwork: boolean
  busy: boolean
  onSwitch: () => void
  onPay: () => void
  onBack: () => void
}

function Confirm({ request, connected, onNetwork, busy, onSwitch, onPay, onBack }: ConfirmProps) {
  const locale = useLocale()
  const { wallet, connection } = connected
  return (
    <>
      <TransferReview request={request} from={connection.address} />
      {busy && (
        <Notice title={`Answer in ${wallet.name}`} announce>
          {onNetwork ? 'Compare what it shows with the above. Nothing moves before you confirm there.' : ''}
        </Notice>
      )}
      <div className="flex flex-col gap-2">
        {onNetwork ? (
          <Button busy={busy} onClick={onPay}>
            Pay {showAmount(request.amount, request.asset, locale)}
          </Button>
        ) : (
          <Button busy={busy} onClick={onSwitch}>
            Switch {wallet.name} to {request.chain.name}
          </Button>
        )}
        {!busy && (
          <Button variant="quiet" onClick={onBack}>
            Choose another wallet
          </Button>
        )}
      </div>
    </>
  )
}
