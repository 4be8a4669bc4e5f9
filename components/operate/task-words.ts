const words: Record<string, string> = {
  process_webhook: 'Handle a webhook',
  sync_onramp_session: 'Ask Stripe about a session',
  expire_onramp_session: 'End an unpaid session',
  deliver_onramp_session: 'Prepare a delivery',
  send_transfer: 'Sign and send a transfer',
  watch_transfer: 'Look for a transfer on chain',
  execute_intent: 'Pay for an agent',
  expire_intent: 'End a payment that nobody went on with',
  create_agent_wallet: 'Make a wallet at Circle',
  read_wallet: 'Read a wallet on chain',
  schedule_stalled_work: 'Take up stalled work',
  reconcile: 'Compare with Stripe and the chain',
  load_sanctions: 'Read the list of sanctioned addresses',
  check_health: 'Look after every part',
  send_alert: 'Tell an operator',
}

/** What a task does, for people; its name, where nobody found words for it. */
export function taskWords(task: string): string {
  return words[task] ?? task
}
