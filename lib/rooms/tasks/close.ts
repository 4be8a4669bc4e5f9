import { as } from '#lib/db/as.ts'

type Payload = { accountId: string }

/** Somebody whose pass ended is in the rooms no longer. */
export async function closeRooms({ accountId }: Payload): Promise<void> {
  await as({ role: 'worker' })((sql) => sql`select app.close_rooms_to(${accountId})`)
}
