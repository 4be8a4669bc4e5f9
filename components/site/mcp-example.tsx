'use client'

import { useEffect, useState } from 'react'
import { connections, keyPlaceholder } from '#components/agents/connections.ts'
import { CopyButton } from '#components/ui/copy-button.tsx'

/** The command that connects an assistant to an agent of this very server. */
export function McpExample() {
  const [origin, setOrigin] = useState('https://causeway.example')
  useEffect(() => setOrigin(window.location.origin), [])
  const command = connections(origin, keyPlaceholder).find(({ id }) => id === 'code')
  if (!command) return null
  return (
    <div className="overflow-hidden rounded-md border border-line bg-raised shadow-card">
      <div className="flex h-11 items-center justify-between border-line border-b pr-2 pl-4">
        <span className="text-xs text-ink-3">Let an assistant pay, within your guards</span>
        <CopyButton text={command.text} label="Copy the command" />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable without a mouse. */}
      <section aria-label="The command" tabIndex={0} className="overflow-x-auto p-4">
        <pre className="font-mono text-sm leading-6">
          <code>{command.text}</code>
        </pre>
      </section>
    </div>
  )
}
