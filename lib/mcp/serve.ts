import { createMcpHandler, McpServer } from '@modelcontextprotocol/server'
import type { AgentActor } from '#lib/auth/actor.ts'
import type { Scope } from '#lib/auth/scopes.ts'
import { readJson } from '#lib/http/body.ts'
import { errorFields, log } from '#lib/log.ts'
import { equip, instructions } from '#lib/mcp/server.ts'

const serverInfo = { name: 'causeway', title: 'Causeway', version: '1.0.0' }
const maxBytes = 64 * 1024

/** Each request gets a server of its own, for the caller that the route has found. */
const handler = createMcpHandler(
  ({ authInfo }) => {
    if (!authInfo) throw new Error('An MCP request came in without its caller.')
    const server = new McpServer(serverInfo, { instructions })
    // Cast: the SDK hands on what serveMcp gave it.
    equip(server, { role: 'agent', apiKey: authInfo.token }, authInfo.scopes as Scope[])
    return server
  },
  // Each request stands alone, so that it may be served by any instance; nothing is ever pushed.
  { maxSubscriptions: 0, onerror: (error) => log.warn('an MCP request was refused', errorFields(error)) },
)

/**
 * Serves one request of the Model Context Protocol over Streamable HTTP, of the revision of 2026 or of 2025, as that agent.
 * Throws Problems: body_too_large, body_too_slow, invalid_json, unsupported_media_type.
 */
export async function serveMcp(request: Request, actor: AgentActor, scopes: Scope[]): Promise<Response> {
  const authInfo = { token: actor.apiKey, clientId: 'agent', scopes }
  if (request.method !== 'POST') return handler.fetch(request, { authInfo })
  return handler.fetch(request, { authInfo, parsedBody: await readJson(request, maxBytes) })
}
