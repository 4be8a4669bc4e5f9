const nouns: Record<string, string> = {
  webhook: 'webhooks',
  onramp: 'sessions',
  session: 'sessions',
  transfer: 'transfers',
  job: 'jobs',
}

/** The page of what an audit entry is about; undefined where it has none. An action's first word is its noun. */
export function subjectPath(action: string, subject: string): string | undefined {
  const noun = action.split('.')[0] ?? ''
  if (noun === 'alert') return '/operate/health'
  const section = nouns[noun]
  return section && `/operate/${section}/${encodeURIComponent(subject)}`
}

/** The page of what a finding is about. */
export function findingPath(kind: string, subject: string): string {
  if (kind === 'transfer_unfinished') return `/operate/transfers/${subject}`
  if (kind === 'treasury_drift') return '/operate/treasury'
  if (kind === 'ledger_unbalanced') return '/operate/ledger'
  return `/operate/sessions/${subject}`
}
