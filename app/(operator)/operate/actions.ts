'use server'

import type { ReplayResult } from '#components/operate/replay-button.tsx'
import { requestActor } from '#lib/auth/request-actor.ts'
import { Problem } from '#lib/http/problem.ts'
import { replayWebhookEvent } from '#lib/webhooks/replay.ts'

/** Handles a stored webhook again. The database refuses everyone but an operator, and keeps who it was. */
export async function replayWebhook(id: unknown): Promise<ReplayResult> {
  try {
    await replayWebhookEvent({ actor: await requestActor(), id: typeof id === 'string' ? id : '' })
    return { ok: true }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return { ok: false, detail: error.detail }
  }
}
