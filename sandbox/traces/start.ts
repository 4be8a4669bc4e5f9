import { Hono } from 'hono'
import { type NodeEnvironment, serve } from '#sandbox/http/serve.ts'
import { listPage, tracePage } from '#sandbox/traces/pages.ts'
import { readSpans, type StoredSpan } from '#sandbox/traces/spans.ts'

export type TracesStandIn = {
  url: string
  /** Every span that is kept, in the order they came. */
  spans: () => readonly StoredSpan[]
  /** The bodies as they came. */
  bodies: () => readonly string[]
  stop: () => Promise<void>
}

/** How much is kept: the newest. */
const most = { spans: 20_000, bodies: 2_000 }

/** Starts a collector that takes OTLP over HTTP with JSON, keeps the newest spans in memory, and shows each trace as a page. */
export async function startTraces({ port }: { port: number }): Promise<TracesStandIn> {
  const spans: StoredSpan[] = []
  const bodies: string[] = []
  const app = new Hono<NodeEnvironment>()
  app.post('/v1/traces', async (c) => {
    const body = await c.req.text()
    spans.push(...readSpans(JSON.parse(body)))
    bodies.push(body)
    spans.splice(0, spans.length - most.spans)
    bodies.splice(0, bodies.length - most.bodies)
    return c.json({ partialSuccess: {} })
  })
  app.get('/sandbox/spans', (c) => c.json(spans))
  app.get('/traces/:id', (c) => c.html(tracePage(spans.filter(({ traceId }) => traceId === c.req.param('id')))))
  app.get('/', (c) => c.html(listPage(spans)))
  const { url, stop } = await serve({ app, port })
  return { url, spans: () => spans, bodies: () => bodies, stop }
}
