import { as } from '#lib/db/as.ts'

type Payload = { callId: string }

/** Ends a call whose time is over, or that never began in time. */
export async function endCall({ callId }: Payload): Promise<void> {
  await as({ role: 'worker' })((sql) => sql`select app.end_call(${callId})`)
}
