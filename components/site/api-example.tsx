'use client'

import { useEffect, useState } from 'react'
import { useOptions } from '#components/onramp/use-options.ts'
import { Snippet } from '#components/site/snippet.tsx'

const placeholder = { origin: 'https://causeway.example', key: '5f0c7a52-3d2e-4b1c-9a77-2f6f0f1f8a10' }

/** Three lines that begin a purchase here: this very server, a network it sells on, and a key of the reader's own. */
export function ApiExample() {
  const { options } = useOptions()
  const [own, setOwn] = useState(placeholder)
  useEffect(() => setOwn({ origin: window.location.origin, key: crypto.randomUUID() }), [])
  const pair = options?.pairs[0] ?? { asset: 'MUSD', network: 'mezo' }

  const body = `{"walletAddress":"0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed","asset":"${pair.asset}","network":"${pair.network}","sourceAmount":"25.00","sourceCurrency":"USD"}`
  const lines = [
    `curl ${own.origin}/api/v1/onramp/sessions \\`,
    `  -H 'Content-Type: application/json' -H 'Idempotency-Key: ${own.key}' \\`,
    `  -d '${body}'`,
  ]
  return (
    <Snippet title="Begin a purchase" copy="Copy the call" label="The call" text={lines.join('\n')}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable without a mouse. */}
      <section aria-label="The answer" tabIndex={0} className="overflow-x-auto border-line border-t bg-surface p-4">
        <pre className="font-mono text-sm leading-6 text-ink-2">
          <code>{`201 Created
{ "id": "0197a4c2-…", "status": "awaiting_payment", "quote": { "totalAmount": "26.10", … },
  "checkoutUrl": "https://…", "statusUrl": "${own.origin}/pay/0197a4c2-…#…" }`}</code>
        </pre>
      </section>
    </Snippet>
  )
}
