'use client'

import { useEffect, useState } from 'react'
import { connections, keyPlaceholder } from '#components/agents/connections.ts'
import { Snippet } from '#components/site/snippet.tsx'

/** The command that connects an assistant to an agent of this very server. */
export function McpExample() {
  const [origin, setOrigin] = useState('https://causeway.example')
  useEffect(() => setOrigin(window.location.origin), [])
  const command = connections(origin, keyPlaceholder).find(({ id }) => id === 'code')
  if (!command) return null
  return (
    <Snippet
      title="Let an assistant pay, within your guards"
      copy="Copy the command"
      label="The command"
      text={command.text}
    />
  )
}
