import type { useAddress } from '#components/onramp/use-address.ts'
import { WholeAddress } from '#components/onramp/whole-address.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'

type AddressFieldProps = {
  label: string
  typed: string
  verdict: ReturnType<typeof useAddress>
  /** What the server said of the address as it is typed now. */
  refusal: string | null
  /** Whether sending was tried, which is when an unfinished address is wrong. */
  pressed: boolean
  /** What the address is to be the same as: "your wallet’s". */
  compareWith: string
  onTyped: (typed: string) => void
}

/** A place for an address: judged while it is typed, shown whole once it is one. */
export function AddressField({ label, typed, verdict, refusal, pressed, compareWith, onTyped }: AddressFieldProps) {
  const unfinished =
    verdict.state === 'empty' ? 'Paste an address.' : 'This is not a whole address yet: it has 42 characters.'
  const wrong = verdict.state === 'refused' ? verdict.reason : null
  const error = refusal ?? wrong ?? (pressed && verdict.state !== 'good' && !verdict.checking ? unfinished : null)
  return (
    <div className="space-y-3">
      <Field label={label} error={error} hint="It starts with 0x and has 42 characters.">
        {(control) => (
          <Input
            {...control}
            value={typed}
            onChange={(event) => onTyped(event.target.value)}
            placeholder="0x…"
            autoComplete="off"
            autoCapitalize="off"
            autoCorrect="off"
            spellCheck={false}
            className="font-mono text-sm!"
          />
        )}
      </Field>
      {verdict.state === 'good' && !error && <WholeAddress value={verdict.address} compareWith={compareWith} />}
    </div>
  )
}
