'use client'

import { useState } from 'react'
import { Confirm } from '#components/account/confirm.tsx'
import { keyState } from '#components/agents/key-state.ts'
import { scopes } from '#components/agents/scope-words.ts'
import { Amount } from '#components/ui/amount.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { Button } from '#components/ui/button.tsx'
import { RelativeTime } from '#components/ui/relative-time.tsx'
import type { ApiKey } from '#lib/api-keys/schema.ts'

/** The keys of an agent: what each may do, when it was last used, and an end to it. */
export function KeyList({ keys }: { keys: ApiKey[] }) {
  const [revoking, setRevoking] = useState<ApiKey | null>(null)
  return (
    <>
      <ul className="divide-y divide-line">
        {keys.map((key) => (
          <KeyItem key={key.id} apiKey={key} onRevoke={() => setRevoking(key)} />
        ))}
      </ul>
      {revoking && (
        <Confirm
          open
          onClose={() => setRevoking(null)}
          title={`Revoke “${revoking.name}”?`}
          description="Whatever uses it stops working at once, for good. Payments already under way go on."
          confirm="Revoke the key"
          danger
          request={{ method: 'DELETE', path: `/api/v1/api-keys/${revoking.id}` }}
        />
      )}
    </>
  )
}

function KeyItem({ apiKey, onRevoke }: { apiKey: ApiKey; onRevoke: () => void }) {
  const { name, prefix, paymentLimit, lastUsedAt, expiresAt, revokedAt } = apiKey
  const state = keyState(apiKey)
  const may = scopes.filter(({ scope }) => apiKey.scopes.includes(scope)).map((each) => each.name.toLowerCase())
  return (
    <li className="flex items-start justify-between gap-3 py-3.5 pr-3 pl-5">
      <div className="min-w-0 flex-1 text-sm">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="min-w-0 font-medium break-words">{name}</span>
          <code className="font-mono text-xs text-ink-3">{prefix}…</code>
          {state === 'revoked' && <Badge tone="failed">Revoked</Badge>}
          {state === 'expired' && <Badge tone="waiting">Expired</Badge>}
        </p>
        <p className="mt-1 text-ink-2">
          May {may.join(', ')}
          {paymentLimit && (
            <>
              , at most <Amount value={paymentLimit} code="USD" /> at once
            </>
          )}
          .
        </p>
        <p className="mt-0.5 text-xs text-ink-3">
          {lastUsedAt ? (
            <>
              Last used <RelativeTime at={lastUsedAt} />
            </>
          ) : (
            'Never used'
          )}
          {' · '}
          <Ending revokedAt={revokedAt} expiresAt={expiresAt} />
        </p>
      </div>
      {state === 'holds' && (
        <Button variant="quiet" size="sm" onClick={onRevoke} aria-label={`Revoke ${name}`}>
          Revoke
        </Button>
      )}
    </li>
  )
}

function Ending({ revokedAt, expiresAt }: Pick<ApiKey, 'revokedAt' | 'expiresAt'>) {
  if (revokedAt)
    return (
      <>
        revoked <RelativeTime at={revokedAt} />
      </>
    )
  if (!expiresAt) return 'does not expire'
  return (
    <>
      expires <RelativeTime at={expiresAt} />
    </>
  )
}
