const nouns: Record<string, string> = {
  webhook: 'webhooks',
  onramp: 'sessions',
  session: 'sessions',
  transfer: 'transfers',
  job: 'jobs',
  intent: 'payments',
}

/** The page of what an audit entry is about; undefined where it has none. An action's first word is its noun. */
export function subjectPath(action: string, subject: string): string | undefined {
  const noun = action.split('.')[0] ?? ''
  if (noun === 'alert') return '/operate/health'
  if (noun === 'wallet') return '/operate/wallets'
  if (noun === 'rates') return '/operate/rates'
  const section = nouns[noun]
  return section && `/operate/${section}/${encodeURIComponent(subject)}`
}

/** The page of what a finding is about. */
export function findingPath(kind: string, subject: string): string {
  if (kind === 'transfer_unfinished') return `/operate/transfers/${subject}`
  if (kind === 'treasury_drift') return '/operate/treasury'
  if (kind === 'ledger_unbalanced') return '/operate/ledger'
  if (kind === 'wallet_drift') return '/operate/wallets'
  if (kind === 'payment_unclear' || kind === 'settled_without_transfer') return `/operate/payments/${subject}`
  return `/operate/sessions/${subject}`
}
