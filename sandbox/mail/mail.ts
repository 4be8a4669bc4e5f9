export type Mail = { id: string; to: string; subject: string; text: string; code: string | null; sentAt: string }
export type MailServer = {
  url: string
  send(message: Message): Promise<void>
  /** Newest first; everyone's, or one address's. */
  list(to?: string): Mail[]
  stop(): Promise<void>
}
