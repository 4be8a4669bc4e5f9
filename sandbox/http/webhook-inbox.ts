import { Hono } from 'hono'

import { type NodeEnvironment, serve } from '#sandbox/http/serve.ts'

export type Received = { headers: Headers; rawBody: Uint8Array; body: string; answered: number }

/** A receiver of webhooks for tests: keeps what came, and answers as told. */
export async function startInbox(): Promise<{
  url: string
  received: Received[]
  answerWith: (status: number) => void
  stop: () => Promise<void>
}> {
  const received: Received[] = []
  let status = 200
  const app = new Hono<NodeEnvironment>()
  app.post('/hook', async (c) => {
    const rawBody = new Uint8Array(await c.req.arrayBuffer())
    const body = new TextDecoder().decode(rawBody)
    received.push({ headers: c.req.raw.headers, rawBody, body, answered: status })
    return new Response(`answer ${status}`, { status })
  })
  const served = await serve({ app, port: 0 })
  return {
    url: `${served.url}/hook`,
    received,
    answerWith: (next) => {
      status = next
    },
    stop: served.stop,
  }
}
