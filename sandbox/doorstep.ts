import { Hono } from 'hono'
import { html } from 'hono/html'
import { type NodeEnvironment, type Served, serve } from '#sandbox/http/serve.ts'

/**
 * Answers on the app's port until the app is built: keeps the port from being taken meanwhile, and tells whoever comes
 * early that it is worth waiting.
 */
export async function openDoorstep(port: number): Promise<Served> {
  const app = new Hono<NodeEnvironment>()
  app.all('*', (c) => c.html(page, 503, { 'retry-after': '5', 'cache-control': 'no-store' }))
  return serve({ app, port })
}

const page = html`<!doctype html>
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta http-equiv="refresh" content="3" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>Causeway is starting</title>
      <style>
        :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
        body { display: grid; place-content: center; min-height: 90vh; text-align: center }
      </style>
    </head>
    <body>
      <main>
        <h1>Causeway is starting</h1>
        <p>The first start builds the app, which takes about a minute. This page moves on by itself.</p>
      </main>
    </body>
  </html>`
