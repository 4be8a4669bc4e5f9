import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { Hono } from 'hono'
import { type NodeEnvironment, serve } from '#sandbox/http/serve.ts'
import { openStore } from '#sandbox/http/store.ts'
import { type ChatMessage, chatRoutes } from '#sandbox/mail/chat.ts'
import type { Mail } from '#sandbox/mail/mail.ts'
import { mailboxPage } from '#sandbox/mail/page.ts'
import { startSmtp } from '#sandbox/mail/smtp.ts'

export type Message = { to: string; subject: string; text?: string; html?: string }
export type MailServer = {
  url: string
  /** Takes mail by SMTP: user and password are in it. */
  smtpUrl: string
  /** Takes messages as a chat's incoming webhook does. */
  chatUrl: string
  send(message: Message): Promise<void>
  /** Newest first; everyone's, or one address's. */
  list(to?: string): Mail[]
  stop(): Promise<void>
}

export type MailOptions = { dir: string; port: number; smtpPort?: number }

/**
 * Keeps every mail of the local world instead of delivering it, those of its Supabase and those that come by SMTP: a page for
 * people at /, and `GET /sandbox/mail?to=` for machines, newest first, with the sign-in code picked out. The operators' chat is at /chat.
 */
export async function startMail({ dir, port, smtpPort = 0 }: MailOptions): Promise<MailServer> {
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
  app.route('/chat', chatRoutes(store.collection<ChatMessage>('chat')))
  const server = await serve({ app, port })
  const keep = (mail: Omit<Mail, 'id' | 'sentAt'>): undefined => {
    const id = randomUUID()
    mails.put(id, { id, ...mail, sentAt: new Date().toISOString() })
  }
  const smtp = await startSmtp({
    port: smtpPort,
    user: 'causeway',
    password: 'of-the-local-world',
    take: ({ to, subject, text }) => keep({ to: to.join(', '), subject, text, code: null }),
  })
  return {
    url: server.url,
    smtpUrl: smtp.url,
    chatUrl: `${server.url}/chat/hook`,
    list,
    async send({ to, subject, text = '' }) {
      keep({ to, subject, text, code: /\b\d{6}\b/.exec(text)?.[0] ?? null })
    },
    async stop() {
      await smtp.stop()
      await server.stop()
      store.close()
    },
  }
}
