export const runtime = 'edge'

const price = {
  base: 'BTC',
  quote: 'USD',
  price: '97012.55',
  at: '2026-11-21T09:58:41.000Z',
  freshUntil: '2026-11-21T10:13:41.000Z',
  stale: false,
  spreadBasisPoints: 0,
  sources: ['coingecko'],
}
const points = Array.from({ length: 720 }, (_, hour) => ({
  at: new Date(Date.UTC(2026, 9, 22) + hour * 3_600_000).toISOString(),
  price: (97_012.55 + hour).toFixed(2),
}))
const texts = {
  price: JSON.stringify(price),
  history: JSON.stringify({ base: 'BTC', quote: 'USD', interval: '1h', points }),
}

/** The least that a route on the edge can do: a text that is always the same, as long as ours. bench/next-app.ts adds it to its copy of the app. */
export function GET(request: Request): Response {
  const text = request.url.endsWith('?history') ? texts.history : texts.price
  return new Response(text, { headers: { 'content-type': 'application/json' } })
}
