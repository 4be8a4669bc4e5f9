import { ComparedAddresses } from '#components/contacts/compared-addresses.tsx'
import type { Likeness } from '#components/contacts/look-alike.ts'
import { Notice } from '#components/ui/notice.tsx'

type AlikeNoticeProps = {
  likeness: Likeness
  address: string
  compared: boolean
  /** Whether saving was tried. */
  pressed: boolean
  onCompared: (compared: boolean) => void
}

/** That an address is a contact's already, or looks like one: then it is compared as a whole before it is saved. */
export function AlikeNotice({ likeness, address, compared, pressed, onCompared }: AlikeNoticeProps) {
  if (likeness.kind === 'same') {
    return (
      <Notice title={`This is ${likeness.name}’s address`} announce>
        You may save it under a second name.
      </Notice>
    )
  }
  return (
    <Notice tone="attention" title={`It looks like ${likeness.name}’s address, and is another`} announce>
      <p>
        Addresses that begin and end alike are how payments are led astray. Continue only if you have it from them
        directly.
      </p>
      <div className="mt-3">
        <ComparedAddresses
          rows={[
            { label: likeness.name, address: likeness.address },
            { label: 'This one', address },
          ]}
        />
      </div>
      <label className="mt-3 flex min-h-9 items-center gap-2.5 font-medium text-ink">
        <input
          type="checkbox"
          checked={compared}
          onChange={(event) => onCompared(event.target.checked)}
          className="size-4.5 accent-tide"
        />
        I compared them, and mean this one
      </label>
      {pressed && !compared && (
        <p role="alert" className="text-brick">
          Not saved. Compare the two, then tick this.
        </p>
      )}
    </Notice>
  )
}
