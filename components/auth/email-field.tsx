import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'

type EmailFieldProps = { value: string; onChange: (value: string) => void; error: string | undefined }

/** Where to type an email address. What is wrong with it is said by the server, in full sentences. */
export function EmailField({ value, onChange, error }: EmailFieldProps) {
  return (
    <Field label="Email" error={error}>
      {(control) => (
        <Input
          {...control}
          type="text"
          inputMode="email"
          name="email"
          autoComplete="email"
          autoCapitalize="none"
          spellCheck={false}
          required
          maxLength={254}
          placeholder="name@example.com"
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  )
}
