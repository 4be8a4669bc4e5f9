import Stripe from 'stripe'
import { withSpan } from '#lib/telemetry/span.ts'

/** How Stripe's own client sends a request; the edge has fetch and no sockets. */
function plainClient(): Stripe.HttpClient {
  return process.env.NEXT_RUNTIME === 'edge' ? Stripe.createFetchHttpClient() : Stripe.createNodeHttpClient()
}

/** Stripe's HTTP client, each call of which is a span, named by the method and the path without its ids. */
export function tracedClient(): Stripe.HttpClient {
  const client = plainClient()
  return {
    getClientName: () => client.getClientName(),
    makeRequest: (host, port, path, method, ...rest) => {
      const attributes = { 'server.address': host, 'http.request.method': method }
      return withSpan(`stripe ${method} ${template(path)}`, { kind: 'client', attributes }, async (span) => {
        const response = await client.makeRequest(host, port, path, method, ...rest)
        span.setAttribute('http.response.status_code', response.getStatusCode())
        return response
      })
    },
  }
}

/** /v1/crypto/onramp_sessions/cos_1?expand=… as /v1/crypto/onramp_sessions/:id. Stripe's ids have digits, its nouns have none. */
function template(path: string): string {
  const [plain = ''] = path.split('?')
  return plain.replace(/\/(?!v\d+\/)[^/]*\d[^/]*/g, '/:id')
}
