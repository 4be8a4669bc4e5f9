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
      <p className="mt-3 mb-2 text-sm text-ink-2">{shown.where}</p>
      <div className="relative rounded-md border border-line bg-sunk">
        <Code label={`For ${shown.name}`} text={shown.text} language={shown.language} className="pr-12" />
        <CopyButton text={shown.text} label="Copy" className="absolute! top-2 right-2 size-9 bg-sunk" />
      </div>
    </div>
  )
}
