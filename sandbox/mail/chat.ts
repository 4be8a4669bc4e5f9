import { Hono } from 'hono'
import { html } from 'hono/html'
import { z } from 'zod'
import type { NodeEnvironment } from '#sandbox/http/serve.ts'
import type { Collection } from '#sandbox/http/store.ts'
import { pageStyle } from '#sandbox/mail/page.ts'

export type ChatMessage = { id: string; text: string; at: string }

const Slack = z.object({ text: z.string().min(1) })
const Discord = z.object({ content: z.string().min(1).max(2000) })

/**
 * Two incoming webhooks, as chats give them out: `POST /hook` answers as Slack's does, `POST /discord` as Discord's. Each reads
 * what its own reads and refuses what that refuses. A page for people at /, `GET /messages` for machines, newest first.
 */
export function chatRoutes(messages: Collection<ChatMessage>): Hono<NodeEnvironment> {
  const routes = new Hono<NodeEnvironment>()
  const keep = (text: string): void => {
    const id = crypto.randomUUID()
    messages.put(id, { id, text, at: new Date().toISOString() })
  }
  routes.post('/hook', async (c) => {
    const said = Slack.safeParse(await c.req.json().catch(() => undefined))
    if (!said.success) return c.text('no_text', 400)
    keep(said.data.text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&'))
    return c.text('ok')
  })
  routes.post('/discord', async (c) => {
    const said = Discord.safeParse(await c.req.json().catch(() => undefined))
    if (!said.success) return c.json({ message: 'Cannot send an empty message', code: 50006 }, 400)
    keep(said.data.content)
    return c.body(null, 204)
  })
  const newestFirst = () => messages.all().reverse()
  routes.get('/messages', (c) => c.json({ messages: newestFirst() }))
  routes.get('/', (c) => c.html(chatPage(newestFirst())))
  return routes
}

function chatPage(messages: ChatMessage[]) {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="refresh" content="5" />
        <link rel="icon" href="data:," />
        <title>Operators' chat · Causeway sandbox</title>
        <style>${pageStyle}</style>
      </head>
      <body>
        <main>
          <h1>Operators' chat</h1>
          <p class="meta">What operators of the local world are told, as a chat's incoming webhook gets it. The same goes to the <a href="/">mailbox</a>. This page reloads every five seconds.</p>
          ${messages.length === 0 ? html`<p>Nothing yet. Alerts appear here when something needs a person, and again when it is over.</p>` : messages.map(entry)}
        </main>
      </body>
    </html>`
}

function entry({ text, at }: ChatMessage) {
  const link = /https?:\/\/\S+$/.exec(text)?.[0]
  const words = link ? text.slice(0, -link.length).trimEnd() : text
  return html`<article>
    <p class="meta"><time datetime="${at}">${at.replace('T', ' ').slice(0, 19)} UTC</time></p>
    <pre>${words}</pre>
    ${link ? html`<p><a href="${link}">${link}</a></p>` : ''}
  </article>`
}
