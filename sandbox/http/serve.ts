import type { Server } from 'node:http'
import { createAdaptorServer, type HttpBindings } from '@hono/node-server'
import type { Hono } from 'hono'

/** What a handler of the sandbox finds in its context: Node's own request and answer. */
export type NodeEnvironment = { Bindings: HttpBindings }

export type Served = { url: string; port: number; server: Server; stop: () => Promise<void> }

/** Serves an app on loopback. Port 0 takes any free port; a busy port is an error, as the caller chose it. */
export async function serve({ app, port }: { app: Hono<NodeEnvironment>; port: number }): Promise<Served> {
  // Cast: the adaptor's type also names HTTP/2 servers, which it makes only when asked to.
  const server = createAdaptorServer({ fetch: app.fetch }) as Server
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return { url: `http://127.0.0.1:${address.port}`, port: address.port, server, stop }
}
