import { as } from '#lib/db/as.ts'

/** Ends what no job ended, and forgets who is gone. Runs every minute. */
export async function sweepRooms(): Promise<void> {
  await as({ role: 'worker' })((sql) => sql`select app.sweep_rooms()`)
}
