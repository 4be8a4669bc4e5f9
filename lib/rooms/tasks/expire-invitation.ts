import { as } from '#lib/db/as.ts'

type Payload = { invitationId: string }

/** An invitation whose time is over was missed. */
export async function expireInvitation({ invitationId }: Payload): Promise<void> {
  await as({ role: 'worker' })((sql) => sql`select app.expire_invitation(${invitationId})`)
}
