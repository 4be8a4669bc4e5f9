const words: Record<string, string> = {
  process_webhook: 'Handle a webhook',
  sync_onramp_session: 'Ask Stripe about a session',
  expire_onramp_session: 'End an unpaid session',
  deliver_onramp_session: 'Prepare a delivery',
  send_transfer: 'Sign and send a transfer',
  watch_transfer: 'Look for a transfer on chain',
  watch_payments: 'Look for payments of a token on chain',
  schedule_watches: 'Have payments looked for',
  execute_intent: 'Pay for an agent',
  expire_intent: 'End a payment that nobody went on with',
  create_agent_wallet: 'Make a wallet at Circle',
  read_wallet: 'Read a wallet on chain',
  schedule_stalled_work: 'Take up stalled work',
  reconcile: 'Compare with Stripe and the chain',
  read_rates: 'Read what the assets cost',
  backfill_rates: 'Fill in prices that are missing',
  forecast_rates: 'Forecast what the assets will cost',
  tell_rate_alert: 'Tell of a price that was reached',
  schedule_rate_alerts: 'Have price alerts told',
  expire_passes: 'End passes whose time is over',
  expire_invitation: 'End an invitation that nobody answered',
  end_call: 'End a call whose time is over',
  close_rooms: 'Let somebody out whose pass ended',
  sweep_rooms: 'Tidy the rooms',
  load_sanctions: 'Read the list of sanctioned addresses',
  review_alerts: 'Find what operators should know',
  check_health: 'Look after every part',
  send_alert: 'Tell an operator',
}

/** What a task does, for people; its name, where nobody found words for it. */
export function taskWords(task: string): string {
  return words[task] ?? task
}
