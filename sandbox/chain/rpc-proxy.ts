import { Hono } from 'hono'
import { type NodeEnvironment, serve } from '#sandbox/http/serve.ts'

export type RpcRequest = { id: number; method: string; params: unknown[] }
export type RpcAnswer = { result?: unknown; error?: { code: number; message: string } }

/** What happens to a request: `forward` asks the node itself. An undefined answer closes the connection without a word. */
export type Intercept = (request: RpcRequest, forward: () => Promise<RpcAnswer>) => Promise<RpcAnswer | undefined>

export type RpcProxy = {
  url: string
  /** Applies to every request until it is set again. */
  intercept: (next: Intercept) => void
  /** Lets everything through again. */
  passThrough: () => void
  stop: () => Promise<void>
}

/** A JSON-RPC server in front of a node, for what a network does to requests and what a node may lie about. */
export async function startRpcProxy(target: string): Promise<RpcProxy> {
  const honest: Intercept = (_request, forward) => forward()
  let current = honest
  const app = new Hono<NodeEnvironment>().post('/', async (c) => {
    const request = await c.req.json<RpcRequest>()
    const forward = async (): Promise<RpcAnswer> => {
      const headers = { 'content-type': 'application/json' }
      const response = await fetch(target, { method: 'POST', headers, body: JSON.stringify(request) })
      const { result, error } = (await response.json()) as RpcAnswer
      return error === undefined ? { result } : { error }
    }
    const answer = await current(request, forward)
    if (answer === undefined) c.env.incoming.socket.destroy()
    return c.json({ jsonrpc: '2.0', id: request.id, ...answer })
  })
  const { url, stop } = await serve({ app, port: 0 })
  const intercept = (next: Intercept): void => {
    current = next
  }
  return { url, intercept, passThrough: () => intercept(honest), stop }
}
