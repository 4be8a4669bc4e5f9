type Words = { means: string; todo: string }

/** What each finding of the reconciliation means and what to do, as lib/reconciliation/README.md has it. */
const words: Record<string, Words> = {
  paid_after_expiry: {
    means: 'Stripe took a payment for a session that had ended',
    todo: 'Settle it with the buyer by hand, then say so on the session’s page.',
  },
  transfer_unfinished: {
    means: 'A transfer has been on its way for more than thirty minutes',
    todo: 'Look at it on chain, at the nodes, at gas and the cap of fees.',
  },
  treasury_drift: {
    means: 'The treasury has less than its ledger promises to nobody',
    todo: 'Find out who took it, before anything else.',
  },
  ledger_unbalanced: {
    means: 'The books contradict themselves; this must never be',
    todo: 'Stop, and restore from what the chain and Stripe say.',
  },
  delivered_without_transfer: {
    means: 'A session ended without its transfer; this must never be',
    todo: 'Stop, and pay the buyer once it is certain that nobody did.',
  },
  wallet_drift: {
    means: 'A wallet has less than its ledger promises to nobody',
    todo: 'Find out who took it: only Circle’s key could.',
  },
  payment_unclear: {
    means: 'Nobody knows yet whether a payment moved',
    todo: 'Look it up in Circle’s console and on chain.',
  },
  settled_without_transfer: {
    means: 'A payment counts as settled without its transfer; this must never be',
    todo: 'Stop, and compare the wallet with the chain.',
  },
}

export function findingWords(kind: string): Words {
  return words[kind] ?? { means: kind, todo: 'See lib/reconciliation/README.md.' }
}
