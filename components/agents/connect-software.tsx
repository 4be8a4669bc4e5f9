'use client'

import { useState } from 'react'
import { connections } from '#components/agents/connections.ts'
import { Code } from '#components/reference/code.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { Segmented } from '#components/ui/segmented.tsx'

type ConnectSoftwareProps = { appUrl: string; apiKey: string }

/** The text that connects software to an agent, for the client one uses. */
export function ConnectSoftware({ appUrl, apiKey }: ConnectSoftwareProps) {
  const [chosen, setChosen] = useState<string>('code')
  const all = connections(appUrl, apiKey)
  const shown = all.find(({ id }) => id === chosen) ?? all[0]
  if (!shown) return null
  return (
    <div className="min-w-0">
      <Segmented
        legend="What you connect"
        name="connect-software"
        value={shown.id}
        options={all.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={setChosen}
      />
      <div className="mt-2 mb-1 flex items-center justify-between gap-3">
        <p className="text-sm text-ink-2">{shown.where}</p>
        <CopyButton text={shown.text} label={`Copy the text for ${shown.name}`} className="size-9" />
      </div>
      <div className="rounded-md border border-line bg-sunk">
        <Code label={`For ${shown.name}`} text={shown.text} language={shown.language} />
      </div>
    </div>
  )
}
