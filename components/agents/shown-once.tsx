import { ConnectSoftware } from '#components/agents/connect-software.tsx'
import { Button } from '#components/ui/button.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'

type ShownOnceProps = { apiKey: string; appUrl: string; onDone: () => void }

/** A key that was just made, and what to do with it. */
export function ShownOnce({ apiKey, appUrl, onDone }: ShownOnceProps) {
  return (
    <div className="flex min-w-0 flex-col gap-5">
      <div className="flex items-center gap-2 rounded-md border border-edge bg-sunk py-2 pr-2 pl-3.5">
        <code data-api-key className="min-w-0 flex-1 font-mono text-sm break-all">
          {apiKey}
        </code>
        <CopyButton text={apiKey} label="Copy the key" className="size-9" />
      </div>
      <ConnectSoftware appUrl={appUrl} apiKey={apiKey} />
      <Button onClick={onDone}>I have it</Button>
    </div>
  )
}
