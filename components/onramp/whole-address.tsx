import { Check } from 'lucide-react'

/** A whole address in groups of four, the way one compares it with another. */
export function WholeAddress({ value }: { value: string }) {
  const groups = value.slice(2).match(/.{1,4}/g) ?? []
  return (
    <div className="rounded-md bg-sunk px-3.5 py-3">
      <p className="mb-1.5 flex items-start gap-1.5 text-xs text-moss">
        <Check aria-hidden="true" className="mt-px size-3.5 shrink-0" strokeWidth={2.5} />A well-formed address. Compare
        it with your wallet’s.
      </p>
      <p className="font-mono text-sm" aria-hidden="true">
        <span className="text-ink-3">0x</span>{' '}
        {groups.map((group, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: groups are places in one address, and may repeat.
          <span key={index} className={index === 0 || index === groups.length - 1 ? 'font-semibold' : 'text-ink-2'}>
            {group}{' '}
          </span>
        ))}
      </p>
      <span className="sr-only">{value}</span>
    </div>
  )
}
