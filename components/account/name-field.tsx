import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'

type NameFieldProps = {
  value: string
  error: string | null
  hint?: string
  placeholder?: string
  onName: (name: string) => void
}

/** What something is called: sixty characters at most. */
export function NameField({ value, error, hint, placeholder, onName }: NameFieldProps) {
  return (
    <Field label="Name" error={error} hint={hint}>
      {(control) => (
        <Input
          {...control}
          value={value}
          maxLength={60}
          autoComplete="off"
          placeholder={placeholder}
          onChange={(event) => onName(event.target.value)}
        />
      )}
    </Field>
  )
}
