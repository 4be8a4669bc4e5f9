import { GuardResults } from '#components/intents/guard-results.tsx'
import { Payee } from '#components/intents/payee.tsx'
import { Amount } from '#components/ui/amount.tsx'
import { Badge } from '#components/ui/badge.tsx'
import type { GuardResult } from '#lib/intents/schema.ts'

const agents = { scope: 'agent', limit: null, used: null, remaining: null } as const

const results: GuardResult[] = [
  {
    ...agents,
    guard: 'budget',
    outcome: 'pass',
    reason: 'Within the budget of the day.',
    limit: '100.00',
    used: '35.00',
    remaining: '65.00',
  },
  { ...agents, guard: 'single_payment', outcome: 'pass', reason: 'Within what one payment may be.' },
  { ...agents, guard: 'approval', outcome: 'ask', reason: 'From $25.00 on a person approves.', limit: '25.00' },
]

/** An agent's payment that waits for its person, drawn by the same code as a real one. */
export function ExampleIntent() {
  return (
    <div className="space-y-4">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <Amount value="40.00" code="USDC" className="text-lg font-semibold" />
        <Badge tone="attention">Waits for you</Badge>
      </div>
      <Payee intent={{ recipient: 'Merchant', recipientAddress: '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed' }} />
      <div className="border-line border-t pt-4">
        <GuardResults results={results} />
      </div>
    </div>
  )
}
