import { Check } from 'lucide-react'
import { FullAddress } from '#components/ui/full-address.tsx'

type WholeAddressProps = {
  value: string
  /** What it is to be the same as. */
  compareWith?: string
}

/** An address that was typed, shown whole so that it can be compared. */
export function WholeAddress({ value, compareWith = 'your wallet’s' }: WholeAddressProps) {
  return (
    <div className="rounded-md bg-sunk px-3.5 py-3">
      <p className="mb-1.5 flex items-start gap-1.5 text-xs text-moss">
        <Check aria-hidden="true" className="mt-px size-3.5 shrink-0" strokeWidth={2.5} />A well-formed address. Compare
        it with {compareWith}.
      </p>
      <FullAddress value={value} />
    </div>
  )
}
