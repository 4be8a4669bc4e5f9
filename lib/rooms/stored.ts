import { Block, Call, Invitation, Room, RoomPerson } from '#lib/rooms/schema.ts'

const iso = (text: string): string => new Date(text).toISOString()
const isoOrNull = (text: string | null): string | null => (text === null ? null : iso(text))

/** What private.invitation_json() makes of an invitation. */
type StoredInvitation = { deadline: string; createdAt: string; endedAt: string | null }

export function toInvitation(stored: StoredInvitation): Invitation {
  const { deadline, createdAt, endedAt } = stored
  return Invitation.parse({
    ...stored,
    deadline: iso(deadline),
    createdAt: iso(createdAt),
    endedAt: isoOrNull(endedAt),
  })
}

/** What private.call_json() makes of a call. */
export type StoredCall = {
  connectBy: string
  startedAt: string | null
  endsAt: string | null
  endedAt: string | null
  createdAt: string
}

export function toCall(stored: StoredCall): Call {
  return Call.parse({
    ...stored,
    connectBy: iso(stored.connectBy),
    startedAt: isoOrNull(stored.startedAt),
    endsAt: isoOrNull(stored.endsAt),
    endedAt: isoOrNull(stored.endedAt),
    createdAt: iso(stored.createdAt),
  })
}

type StoredRoom = {
  now: string
  sent: StoredInvitation | null
  received: StoredInvitation[]
  call: StoredCall | null
}

/** What private.room_json() says, as the API shows it. */
export function toRoom(stored: StoredRoom): Room {
  return Room.parse({
    ...stored,
    now: iso(stored.now),
    sent: stored.sent && toInvitation(stored.sent),
    received: stored.received.map(toInvitation),
    call: stored.call && toCall(stored.call),
  })
}

export type StoredPerson = { since: string; cooldownUntil: string | null }

export function toPerson(stored: StoredPerson): RoomPerson {
  return RoomPerson.parse({ ...stored, since: iso(stored.since), cooldownUntil: isoOrNull(stored.cooldownUntil) })
}

/** A block as app.list_blocks() tells of it. */
export function toBlock(stored: { at: string }): Block {
  return Block.parse({ ...stored, at: iso(stored.at) })
}

export type StoredAnswer = { invitation: StoredInvitation; call: StoredCall | null }
