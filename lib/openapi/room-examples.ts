import type { AnsweredInvitation, Block, Call, Invitation, Room, RoomPerson } from '#lib/rooms/schema.ts'

// Ada asks Bo, Bo says yes, and they talk. The tests hold each example to its schema.

const ada = { id: '0197b3a1-0ada-7d4e-8f50-6a7b8c9d0e1f', name: 'Ada' }
const bo = { id: '0197b3a1-00b0-7d4e-8f50-6a7b8c9d0e1f', name: 'Bo' }

export const roomPerson: RoomPerson = {
  ...bo,
  camera: true,
  since: '2026-11-21T10:00:00.000Z',
  cooldownUntil: null,
}

export const pendingInvitation: Invitation = {
  id: '0197b3a1-2b3c-7d4e-8f50-6a7b8c9d0e20',
  status: 'pending',
  seconds: 300,
  answeredSeconds: null,
  inviter: ada,
  invitee: bo,
  deadline: '2026-11-21T10:05:20.000Z',
  createdAt: '2026-11-21T10:05:00.000Z',
  endedAt: null,
  callId: null,
}

export const connectingCall: Call = {
  id: '0197b3a1-2b3c-7d4e-8f50-6a7b8c9d0e21',
  status: 'connecting',
  seconds: 240,
  connectBy: '2026-11-21T10:05:54.000Z',
  startedAt: null,
  endsAt: null,
  endedAt: null,
  endReason: null,
  createdAt: '2026-11-21T10:05:09.000Z',
  polite: true,
  connected: false,
  partner: { ...ada, connected: false },
}

export const liveCall: Call = {
  ...connectingCall,
  status: 'live',
  startedAt: '2026-11-21T10:05:12.000Z',
  endsAt: '2026-11-21T10:09:12.000Z',
  connected: true,
  partner: { ...ada, connected: true },
}

export const endedCall: Call = { ...liveCall, status: 'ended', endedAt: '2026-11-21T10:09:12.000Z', endReason: 'time' }

const over = { endedAt: '2026-11-21T10:05:09.000Z' }

export const asked: AnsweredInvitation = { invitation: pendingInvitation, call: null }

export const accepted: AnsweredInvitation = {
  invitation: { ...pendingInvitation, ...over, status: 'accepted', answeredSeconds: 180, callId: connectingCall.id },
  call: connectingCall,
}

export const declined: AnsweredInvitation = {
  invitation: { ...pendingInvitation, ...over, status: 'declined' },
  call: null,
}

export const withdrawn: AnsweredInvitation = {
  invitation: { ...pendingInvitation, ...over, status: 'withdrawn' },
  call: null,
}

export const room: Room = {
  now: '2026-11-21T10:05:01.000Z',
  present: true,
  sent: null,
  received: [pendingInvitation],
  call: null,
}

export const block: Block = { ...bo, at: '2026-11-21T10:10:00.000Z' }
