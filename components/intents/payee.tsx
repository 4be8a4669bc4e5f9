import { CopyButton } from '#components/ui/copy-button.tsx'
import { FullAddress } from '#components/ui/full-address.tsx'
import type { Intent } from '#lib/intents/schema.ts'

/** Whom a payment goes to: the name that was given, if it was one, and always the whole address. */
export function Payee({ intent }: { intent: Pick<Intent, 'recipient' | 'recipientAddress'> }) {
  return (
    <div className="min-w-0">
      {isNamed(intent) && <p className="font-medium break-words">{intent.recipient}</p>}
      <div className="flex items-start gap-1">
        <FullAddress value={intent.recipientAddress} />
        <CopyButton text={intent.recipientAddress} label="Copy recipient’s address" className="-mt-1" />
      </div>
    </div>
  )
}

/** Whether the recipient was named, and not given as an address. */
export function isNamed({ recipient, recipientAddress }: Pick<Intent, 'recipient' | 'recipientAddress'>): boolean {
  return recipient.toLowerCase() !== recipientAddress.toLowerCase()
}

/** Whom a payment goes to in a few characters: the name, or the first and last of the address. */
export function payeeName(intent: Pick<Intent, 'recipient' | 'recipientAddress'>): string {
  const { recipient, recipientAddress } = intent
  return isNamed(intent) ? recipient : `${recipientAddress.slice(0, 6)}…${recipientAddress.slice(-4)}`
}
