/** What the rooms refuse with. */
export const roomRefusals = {
  pass_required: {
    status: 402,
    title: 'A pass is needed',
    detail: "This is for people with a pass. Buy one, or enter a friend's code, at /pass.",
  },
  name_needed: {
    status: 422,
    title: 'Not possible as it was asked',
    detail: 'Say first by what name others shall meet you.',
  },
  not_in_rooms: { status: 409, title: 'You are not in the rooms', detail: 'Enter the rooms first.' },
  in_a_call: { status: 409, title: 'You are in a call', detail: 'You are in a call. Leave it first.' },
  person_gone: { status: 409, title: 'They are gone', detail: 'They are not there any more.' },
  person_busy: { status: 409, title: 'They are in a call', detail: 'They are in a call.' },
  in_cooldown: {
    status: 409,
    title: 'Not again so soon',
    detail: 'You two can meet again from 2026-11-22T10:05:20Z on.',
  },
  invitation_out: {
    status: 409,
    title: 'You have asked somebody else',
    detail: 'Your last invitation still waits for an answer. Withdraw it first.',
  },
  invitation_over: {
    status: 409,
    title: 'The invitation is over',
    detail: 'This invitation no longer waits: its time is over.',
  },
} as const
