import { createMcpHandler, McpServer } from '@modelcontextprotocol/server'
import type { AgentActor } from '#lib/auth/actor.ts'
import type { Scope } from '#lib/auth/scopes.ts'
import { readBody } from '#lib/http/body.ts'
import { Problem } from '#lib/http/problem.ts'
import { errorFields, log } from '#lib/log.ts'
import { equip, instructions } from '#lib/mcp/server.ts'

const serverInfo = { name: 'causeway', title: 'Causeway', version: '1.0.0' }
const maxBytes = 64 * 1024

/** Each request gets a server of its own, for the caller that the route has found. */
const handler = createMcpHandler(
  ({ authInfo }) => {
    if (!authInfo) throw new Error('An MCP request came in without its caller.')
    const server = new McpServer(serverInfo, { instructions })
    equip(server, { role: 'agent', apiKey: authInfo.token }, authInfo.scopes as Scope[])
    return server
  },
  // Each request stands alone, so that it may be served by any instance; nothing is ever pushed.
  { maxSubscriptions: 0, onerror: (error) => log.warn('an MCP request was refused', errorFields(error)) },
)

/**
 * Serves one request of the Model Context Protocol over Streamable HTTP, of the revision of 2026 or of 2025, as that agent.
 * Throws Problems: body_too_large, body_too_slow, invalid_json.
 */
export async function serveMcp(request: Request, actor: AgentActor, scopes: Scope[]): Promise<Response> {
  const authInfo = { token: actor.apiKey, clientId: 'agent', scopes }
  if (request.method !== 'POST') return handler.fetch(request, { authInfo })
  const body = await readBody(request, maxBytes)
  return handler.fetch(
    new Request(request.url, { method: 'POST', headers: request.headers, body: new Uint8Array(body) }),
    {
      authInfo,
      parsedBody: parse(body),
    },
  )
}

function parse(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch {
    throw new Problem(400, 'invalid_json', 'The body is not JSON', 'Send one JSON-RPC message, encoded as UTF-8.')
  }
}
