import { Button } from '#components/ui/button.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'

/** A secret that was just made, and what it is for. */
export function SecretOnce({ secret, onDone }: { secret: string; onDone: () => void }) {
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <div className="flex items-center gap-2 rounded-md border border-edge bg-sunk py-2 pr-2 pl-3.5">
        <code data-webhook-secret className="min-w-0 flex-1 font-mono text-sm break-all">
          {secret}
        </code>
        <CopyButton text={secret} label="Copy the secret" className="size-9" />
      </div>
      <p className="text-sm text-ink-2">
        Check the signature of each webhook with it, as{' '}
        <a href="https://www.standardwebhooks.com" className="rounded-sm underline underline-offset-4">
          Standard Webhooks
        </a>{' '}
        has it. All of your alerts to the same address share it, and you can ask for a new one.
      </p>
      <Button onClick={onDone}>I have it</Button>
    </div>
  )
}
