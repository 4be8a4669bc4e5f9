/** What passes and codes are refused with. */
export const passRefusals = {
  suspended: {
    status: 403,
    title: 'You are suspended',
    detail: 'You are kept out of the rooms until an operator has looked at the reports about you.',
  },
  sign_in_method_off: {
    status: 403,
    title: 'Not available',
    detail: 'Beginning as a guest is switched off here.',
  },
  invalid_email: {
    status: 400,
    title: 'Not an email address',
    detail: 'This is not an email address. It looks like name@example.com.',
    field: 'email',
  },
  invalid_code: {
    status: 400,
    title: 'Not a code',
    detail: 'The code is the 6 digits in the email.',
    field: 'code',
  },
  code_refused: {
    status: 401,
    title: 'Code not accepted',
    detail: 'This code is wrong or no longer valid. Check the newest email, or ask for a new code.',
    field: 'code',
  },
  code_own: {
    status: 422,
    title: 'Not possible as it was asked',
    detail: 'This code is yours. It is for your friends.',
  },
  code_used: {
    status: 422,
    title: 'Not possible as it was asked',
    detail: 'You came in by this code before. It lets a person in once.',
  },
  code_revoked: {
    status: 422,
    title: 'Not possible as it was asked',
    detail: 'This code was revoked. Ask for another one, or buy a pass.',
  },
  code_expired: {
    status: 422,
    title: 'Not possible as it was asked',
    detail: 'The time of this code is over. Ask for another one, or buy a pass.',
  },
  code_exhausted: {
    status: 422,
    title: 'Not possible as it was asked',
    detail: 'All uses of this code are used up. Ask somebody else, or buy a pass.',
  },
  invalid_uses: {
    status: 422,
    title: 'Not possible as it was asked',
    detail: 'A code lets one person in at least and a hundred at most.',
  },
  too_many_codes: {
    status: 422,
    title: 'Not possible as it was asked',
    detail: 'An operator makes twenty codes a day at most.',
  },
} as const
