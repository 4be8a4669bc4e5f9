import type { Transport } from 'viem'
import type { Network } from '#lib/money/assets.ts'
import { withSpan } from '#lib/telemetry/span.ts'

/** A transport each call of which is a span, named by its method. Of the node only its host is told: its path may be a key. */
export function tracedTransport(network: Network, url: string, transport: Transport): Transport {
  const attributes = {
    'rpc.system.name': 'jsonrpc',
    'causeway.network': network,
    'server.address': new URL(url).hostname,
  }
  return (options) => {
    const made = transport(options)
    const request: typeof made.request = (call, ...rest) =>
      withSpan(
        `chain ${call.method}`,
        { kind: 'client', attributes: { ...attributes, 'rpc.method': call.method } },
        async () => await made.request(call, ...rest),
      )
    return { ...made, request }
  }
}
