import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { DELETE, GET, POST } from '#app/api/mcp/route.ts'

// The official client against our route's own handlers.

export const mcpUrl = new URL('http://causeway.test/api/mcp')

const routes: Record<string, (request: Request, context: unknown) => Promise<Response>> = { GET, POST, DELETE }

/** One request to the route. */
export async function send(address: string | URL, init?: RequestInit): Promise<Response> {
  const request = new Request(address, init)
  return (await routes[request.method]?.(request, {})) ?? new Response(null, { status: 405 })
}

/** The generation of the protocol that a client speaks: that of 2025, or the newest that both know. */
export type Generation = 'legacy' | 'auto'

const clients: Client[] = []

export async function connect(apiKey: string, mode: Generation = 'auto'): Promise<Client> {
  const client = new Client({ name: 'a test', version: '1.0.0' }, { versionNegotiation: { mode } })
  const requestInit = { headers: { authorization: `Bearer ${apiKey}` } }
  await client.connect(new StreamableHTTPClientTransport(mcpUrl, { fetch: send, requestInit }))
  clients.push(client)
  return client
}

/** Ends every client of a test. */
export async function disconnectAll(): Promise<void> {
  for (const client of clients.splice(0)) await client.close()
}

// biome-ignore lint/suspicious/noExplicitAny: each tool answers something else, and the tests say what.
type Answer = any

/** What a tool gave, read from its text, which says the same as its structure. */
export async function call(
  client: Client,
  name: string,
  given: Record<string, unknown> = {},
): Promise<{ isError: boolean; answer: Answer }> {
  const result = await client.callTool({ name, arguments: given })
  const [content] = result.content as { type: string; text: string }[]
  return { isError: result.isError === true, answer: JSON.parse(content?.text ?? 'null') }
}
