/** A whole address in groups of four, the way one compares it with another. */
export function FullAddress({ value }: { value: string }) {
  const groups = value.slice(2).match(/.{1,4}/g) ?? []
  return (
    <span className="block font-mono text-sm">
      <span aria-hidden="true">
        <span className="text-ink-3">0x</span>{' '}
        {groups.map((group, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: groups are places in one address, and may repeat.
          <span key={index} className={index === 0 || index === groups.length - 1 ? 'font-semibold' : 'text-ink-2'}>
            {group}{' '}
          </span>
        ))}
      </span>
      <span className="sr-only">{value}</span>
    </span>
  )
}
