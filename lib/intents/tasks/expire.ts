import { as } from '#lib/db/as.ts'

type Payload = { intentId: string }

/** Ends a payment that nobody went on with in time. The database knows the time; before it nothing happens. */
export async function expireIntent({ intentId }: Payload): Promise<void> {
  await as({ role: 'worker' })((sql) => sql`select app.expire_intent(${intentId})`)
}
