import { type Hex, keccak256 } from 'viem'
import type { Fault, Machine } from '#sim/machine.ts'

/** One of the two nodes that the app is configured with. Behind both is the same chain. */
export type Node = {
  up: boolean
  /** By how many blocks it is behind. */
  lag: number
}

export type Network = {
  nodes: [Node, Node]
  /** What stands in for the global fetch. */
  fetch: typeof globalThis.fetch
  /** The bytes of every transaction that reached a node through here. */
  offered: Map<Hex, Hex>
}

type Request = { id: number; method: string; params: unknown[] }
type Answer = { result?: unknown; error?: { code: number; message: string } }

/** The addresses of the nodes, as the app knows them. Nothing listens there. */
export const nodeUrls = ['http://127.0.0.1:1/a', 'http://127.0.0.1:1/b'] as const

/** The way from the app to the chain, for what a network does to requests, and nodes that are down or lag. */
export function createNetwork(machine: Machine, rpcUrl: string, real: typeof globalThis.fetch): Network {
  const nodes: [Node, Node] = [
    { up: true, lag: 0 },
    { up: true, lag: 0 },
  ]
  const offered = new Map<Hex, Hex>()

  const ask = async (method: string, params: unknown[]): Promise<Answer> => {
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params })
    const response = await real(rpcUrl, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
    const { result, error } = (await response.json()) as Answer
    return error === undefined ? { result } : { error }
  }

  const answerOf = async (node: Node, request: Request): Promise<Response> => {
    if (!node.up) throw unreachable('ECONNREFUSED')
    if (request.method === 'eth_sendRawTransaction') {
      const raw = String(request.params[0]) as Hex
      offered.set(keccak256(raw), raw)
    }
    const answer = node.lag === 0 ? await ask(request.method, request.params) : await late(node.lag, request, ask)
    return Response.json({ jsonrpc: '2.0', id: request.id, ...answer })
  }

  const fetch: typeof globalThis.fetch = async (input, init) => {
    const node = nodes[(nodeUrls as readonly string[]).indexOf(String(input))]
    if (!node) return await real(input, init)
    const request = JSON.parse(String(init?.body)) as Request
    return await machine.call(request.method, () => answerOf(node, request), lost)
  }
  return { nodes, fetch, offered }
}

/** Before: nobody was there. After: the connection broke while the answer was on its way. */
function lost({ when }: Fault): Error {
  return unreachable(when === 'before' ? 'ECONNREFUSED' : 'ECONNRESET')
}

function unreachable(code: string): Error {
  return new TypeError('fetch failed', { cause: Object.assign(new Error(`connect ${code}`), { code }) })
}

type Ask = (method: string, params: unknown[]) => Promise<Answer>
type Mined = { blockNumber: Hex | null }

/** What a node answers that has not heard of the newest blocks. */
async function late(lag: number, { method, params }: Request, ask: Ask): Promise<Answer> {
  const { result: head } = await ask('eth_blockNumber', [])
  const seen = BigInt(String(head)) - BigInt(lag)
  const known = (number: unknown): boolean => typeof number !== 'string' || BigInt(number) <= seen
  const at = (tag: unknown): unknown => (tag === 'latest' || tag === 'pending' ? `0x${seen.toString(16)}` : tag)
  switch (method) {
    case 'eth_blockNumber':
      return { result: `0x${seen.toString(16)}` }
    case 'eth_getBlockByNumber':
      return known(at(params[0])) ? await ask(method, [at(params[0]), params[1]]) : { result: null }
    case 'eth_getTransactionReceipt': {
      const answer = await ask(method, params)
      return known((answer.result as Mined | null)?.blockNumber) ? answer : { result: null }
    }
    case 'eth_getTransactionByHash': {
      const answer = await ask(method, params)
      const found = answer.result as Mined | null
      if (found === null || known(found.blockNumber)) return answer
      return { result: { ...found, blockNumber: null, blockHash: null, transactionIndex: null } }
    }
    case 'eth_getTransactionCount':
    case 'eth_getBalance':
    case 'eth_call':
      if (!known(at(params[1]))) return { error: { code: -32000, message: 'header not found' } }
      return await ask(method, [params[0], at(params[1])])
    default:
      return await ask(method, params)
  }
}
