import type { TaskList } from 'graphile-worker'
import { z } from 'zod'
import { reviewAlerts } from '#lib/alerts/review-alerts.ts'
import { sendAlert } from '#lib/alerts/tasks/send.ts'
import { checkHealth } from '#lib/health/check-health.ts'
import { executeIntent } from '#lib/intents/tasks/execute.ts'
import { expireIntent } from '#lib/intents/tasks/expire.ts'
import { scheduleStalledWork } from '#lib/jobs/schedule-stalled-work.ts'
import { syncOnrampSession } from '#lib/onramp/sync.ts'
import { deliverOnrampSession } from '#lib/onramp/tasks/deliver.ts'
import { expireOnrampSession } from '#lib/onramp/tasks/expire.ts'
import { expirePasses } from '#lib/passes/expire.ts'
import { scheduleRateAlerts } from '#lib/rates/alerts/schedule.ts'
import { backfillRates } from '#lib/rates/backfill.ts'
import { readRates } from '#lib/rates/feed.ts'
import { forecastRates } from '#lib/rates/forecast/forecast-rates.ts'
import { tellRateAlert } from '#lib/rates/tasks/tell-alert.ts'
import { reconcile } from '#lib/reconciliation/reconcile.ts'
import { closeRooms } from '#lib/rooms/tasks/close.ts'
import { endCall } from '#lib/rooms/tasks/end-call.ts'
import { expireInvitation } from '#lib/rooms/tasks/expire-invitation.ts'
import { sweepRooms } from '#lib/rooms/tasks/sweep.ts'
import { loadSanctions } from '#lib/sanctions/load.ts'
import { sendTransfer } from '#lib/transfers/tasks/send.ts'
import { watchTransfer } from '#lib/transfers/tasks/watch.ts'
import { createAgentWallet } from '#lib/wallets/tasks/create.ts'
import { readWallet } from '#lib/wallets/tasks/read.ts'
import { scheduleWatches } from '#lib/watched-transfers/schedule.ts'
import { WatchedToken, watchPayments } from '#lib/watched-transfers/watch.ts'
import { processWebhook } from '#lib/webhooks/tasks/process.ts'

const Session = z.object({ sessionId: z.uuid() })
const Transfer = z.object({ transferId: z.uuid() })
const Intent = z.object({ intentId: z.uuid() })
const Wallet = z.object({ walletId: z.uuid() })
const WebhookEvent = z.object({ webhookEventId: z.uuid() })
const Message = z.object({ messageId: z.uuid() })
const RateAlert = z.object({ alertId: z.uuid() })
const Invitation = z.object({ invitationId: z.uuid() })
const Call = z.object({ callId: z.uuid() })
const Account = z.object({ accountId: z.uuid() })

/** Every task by the name under which SQL queues it. Each may run twice, and at once. */
export const taskList: TaskList = {
  process_webhook: async (payload) => processWebhook(WebhookEvent.parse(payload)),
  sync_onramp_session: async (payload) => void (await syncOnrampSession(Session.parse(payload))),
  expire_onramp_session: async (payload) => expireOnrampSession(Session.parse(payload)),
  deliver_onramp_session: async (payload) => deliverOnrampSession(Session.parse(payload)),
  send_transfer: async (payload) => sendTransfer(Transfer.parse(payload)),
  watch_transfer: async (payload) => watchTransfer(Transfer.parse(payload)),
  watch_payments: async (payload) => watchPayments(WatchedToken.parse(payload)),
  schedule_watches: async () => scheduleWatches(),
  execute_intent: async (payload) => executeIntent(Intent.parse(payload)),
  expire_intent: async (payload) => expireIntent(Intent.parse(payload)),
  create_agent_wallet: async (payload) => createAgentWallet(Wallet.parse(payload)),
  read_wallet: async (payload) => readWallet(Wallet.parse(payload)),
  schedule_stalled_work: async () => scheduleStalledWork(),
  reconcile: async () => reconcile(),
  read_rates: async () => void (await readRates()),
  backfill_rates: async () => void (await backfillRates()),
  forecast_rates: async () => void (await forecastRates()),
  load_sanctions: async () => loadSanctions(),
  check_health: async () => checkHealth(),
  tell_rate_alert: async (payload) => tellRateAlert(RateAlert.parse(payload)),
  schedule_rate_alerts: async () => scheduleRateAlerts(),
  expire_passes: async () => expirePasses(),
  expire_invitation: async (payload) => expireInvitation(Invitation.parse(payload)),
  end_call: async (payload) => endCall(Call.parse(payload)),
  close_rooms: async (payload) => closeRooms(Account.parse(payload)),
  sweep_rooms: async () => sweepRooms(),
  review_alerts: async () => reviewAlerts(),
  send_alert: async (payload) => sendAlert(Message.parse(payload)),
}
