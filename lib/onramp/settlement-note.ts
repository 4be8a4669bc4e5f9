import { z } from 'zod'

/** How an operator settled something with the buyer, in their own words, for the audit log. */
export const SettlementNote = z.strictObject({
  note: z.string().trim().min(1, 'Say how it was settled.').max(500, 'The note is longer than 500 characters.'),
})
