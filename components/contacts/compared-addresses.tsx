type ComparedAddressesProps = { rows: { label: string; address: string }[] }

/** Whole addresses under one another, in groups of four, with the groups in which they differ marked. */
export function ComparedAddresses({ rows }: ComparedAddressesProps) {
  const grouped = rows.map(({ label, address }) => ({ label, address, groups: groupsOf(address) }))
  const differs = (index: number) => new Set(grouped.map(({ groups }) => groups[index])).size > 1
  return (
    <dl className="grid gap-2 text-xs">
      {grouped.map(({ label, address, groups }) => (
        <div key={label}>
          <dt className="font-medium text-ink">{label}</dt>
          <dd className="font-mono">
            <span className="sr-only">{address}</span>
            <span aria-hidden="true">
              0x{' '}
              {groups.map((group, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: groups are places in one address, and may repeat.
                <span key={index}>
                  {differs(index) ? (
                    <mark className="bg-lamp-soft font-semibold text-lamp underline">{group}</mark>
                  ) : (
                    group
                  )}{' '}
                </span>
              ))}
            </span>
          </dd>
        </div>
      ))}
    </dl>
  )
}

function groupsOf(address: string): string[] {
  return (
    address
      .toLowerCase()
      .slice(2)
      .match(/.{1,4}/g) ?? []
  )
}
