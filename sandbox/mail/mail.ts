/** A mail as the mailbox keeps it, with the sign-in code picked out where it holds one. */
export type Mail = { id: string; to: string; subject: string; text: string; code: string | null; sentAt: string }
