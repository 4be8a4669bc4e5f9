import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { Hono } from 'hono'
import { type NodeEnvironment, serve } from '#sandbox/http/serve.ts'
import { openStore } from '#sandbox/http/store.ts'
import type { Mail } from '#sandbox/mail/mail.ts'
import { mailboxPage } from '#sandbox/mail/page.ts'

export type Message = { to: string; subject: string; text?: string; html?: string }
export type MailServer = {
  url: string
  send(message: Message): Promise<void>
  /** Newest first; everyone's, or one address's. */
  list(to?: string): Mail[]
  stop(): Promise<void>
}

/**
 * Keeps every mail the local Supabase sends instead of delivering it: a page for people at /, and
 * `GET /sandbox/mail?to=` for machines, newest first, with the sign-in code picked out.
 */
export async function startMail({ dir, port }: { dir: string; port: number }): Promise<MailServer> {
  const store = openStore(join(dir, 'mails.jsonl'))
  const mails = store.collection<Mail>('mails')
  const list = (to?: string) =>
    mails
      .all()
      .filter((mail) => to === undefined || mail.to.toLowerCase() === to.toLowerCase())
      .reverse()
  const app = new Hono<NodeEnvironment>()
  app.get('/sandbox/mail', (c) => c.json({ mails: list(c.req.query('to')) }))
  app.get('/', (c) => c.html(mailboxPage(list(c.req.query('to')))))
  const server = await serve({ app, port })
  return {
    url: server.url,
    list,
    async send({ to, subject, text = '' }) {
      const code = /\b\d{6}\b/.exec(text)?.[0] ?? null
      const id = randomUUID()
      mails.put(id, { id, to, subject, text, code, sentAt: new Date().toISOString() })
    },
    async stop() {
      await server.stop()
      store.close()
    },
  }
}
