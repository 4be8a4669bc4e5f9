'use client'

import { useEffect, useRef, useState } from 'react'
import { RefusalNotice } from '#components/auth/refusal.tsx'
import type { SignInActions } from '#components/auth/types.ts'
import { useAttempt } from '#components/auth/use-attempt.ts'
import { Button } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import type { Wallet } from '#components/wallet/types.ts'
import { useWallets } from '#components/wallet/use-wallets.ts'
import { type WalletError, walletError } from '#components/wallet/wallet-error.ts'
import { WalletList } from '#components/wallet/wallet-list.tsx'
import { walletMessage, walletNonce } from '#lib/auth/wallet-message.ts'

type Step = { kind: 'choosing'; error: WalletError } | { kind: 'connecting' | 'signing'; wallet: Wallet }

/** Sign-In with Ethereum: a wallet gives its address, then signs a sentence that says what it is for. */
export function WalletForm({ actions, onDone }: { actions: Pick<SignInActions, 'wallet'>; onDone: () => void }) {
  const { wallets, searching } = useWallets()
  const [step, setStep] = useState<Step>({ kind: 'choosing', error: null })
  const { busy, refusal, clear, run } = useAttempt()
  // An answer that comes after the person went back, or chose another wallet, is too late.
  const turn = useRef(0)
  useEffect(() => () => void turn.current++, [])

  async function signIn(wallet: Wallet) {
    const mine = ++turn.current
    clear()
    setStep({ kind: 'connecting', wallet })
    try {
      const { address, chainId, sign } = await wallet.connect()
      if (mine !== turn.current) return
      setStep({ kind: 'signing', wallet })
      const { origin } = window.location
      const message = walletMessage({ origin, address, chainId, nonce: walletNonce(), issuedAt: new Date() })
      const signature = await sign(message)
      if (mine !== turn.current) return
      if (await run(() => actions.wallet({ message, signature }))) onDone()
      else setStep({ kind: 'choosing', error: null })
    } catch (error) {
      if (mine === turn.current) setStep({ kind: 'choosing', error: walletError(error, wallet.name) })
    }
  }

  function goBack() {
    turn.current++
    setStep({ kind: 'choosing', error: null })
  }

  return (
    <div className="flex flex-col gap-3">
      <p className="text-sm text-ink-2">
        You sign a short message that proves the address is yours. It costs nothing and moves no money.
      </p>
      <RefusalNotice refusal={refusal} fields={[]} />
      {step.kind === 'choosing' && step.error && (
        <Notice tone="attention" title={step.error.title} announce>
          {step.error.detail}
        </Notice>
      )}
      {step.kind !== 'choosing' && (
        <Notice
          title={busy ? 'Checking the signature' : titleOf(step)}
          announce
          action={
            !busy && (
              <Button variant="secondary" size="sm" onClick={goBack}>
                Cancel
              </Button>
            )
          }
        >
          {step.kind === 'connecting'
            ? 'The wallet shows a window of its own. It may hide behind this one.'
            : 'Read the message there, and sign it.'}
        </Notice>
      )}
      <WalletList
        wallets={wallets}
        searching={searching}
        asking={step.kind === 'choosing' ? undefined : step.wallet.id}
        onChoose={signIn}
      />
    </div>
  )
}

function titleOf(step: Extract<Step, { wallet: Wallet }>): string {
  return step.kind === 'connecting' ? `Answer in ${step.wallet.name}` : `Sign the message in ${step.wallet.name}`
}
