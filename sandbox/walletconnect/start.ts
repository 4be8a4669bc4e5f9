import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import { type WebSocket, WebSocketServer } from 'ws'

import { createMailbox, type Message } from '#sandbox/walletconnect/mailbox.ts'
import { Confirmation, RelayRequest } from '#sandbox/walletconnect/requests.ts'

export type RelayStandIn = { url: string; stop: () => Promise<void> }

/** Clients in Node end a connection that is silent for longer than this times three. */
const pingMs = 10_000

/** The tags under which the protocol files a proposal, its answer and the settlement. */
const tags = { proposal: 1100, proposalResponse: 1101, settlement: 1102 }

type Client = { name: string; socket: WebSocket; topics: Set<string> }

/**
 * A WalletConnect relay on loopback: passes sealed messages between a page and a wallet and keeps them for who comes
 * later. It cannot read them. Nothing is kept over a restart; clients subscribe again by themselves.
 */
export async function startRelay({ port }: { port: number }): Promise<RelayStandIn> {
  const clients = new Set<Client>()
  const mailbox = createMailbox()
  let lastId = Date.now() * 1000

  const deliver = (client: Client, message: Message) => {
    const { topic, publishedAt, tag } = message
    const data = { topic, message: message.message, publishedAt, tag }
    const params = { id: subscriptionId(topic, client.name), data }
    client.socket.send(JSON.stringify({ id: message.id, jsonrpc: '2.0', method: 'irn_subscription', params }))
  }
  const subscribe = (client: Client, topic: string) => {
    client.topics.add(topic)
    for (const message of mailbox.unreadOf(topic, client.name)) deliver(client, message)
    return subscriptionId(topic, client.name)
  }
  const publish = (sender: Client, topic: string, message: string, tag: number, ttl: number) => {
    lastId += 1
    const now = Date.now()
    const kept: Message = { id: lastId, topic, message, tag, publishedAt: now, expiresAt: now + ttl * 1000 }
    mailbox.put(kept, sender.name)
    for (const client of clients) {
      if (client.topics.has(topic) && client.name !== sender.name) deliver(client, kept)
    }
  }
  const messagesOf = (client: Client, topics: string[]) => ({
    messages: topics
      .flatMap((topic) => mailbox.unreadOf(topic, client.name))
      .map(({ topic, message, publishedAt, tag }) => ({ topic, message, publishedAt, tag })),
    hasMore: false,
  })

  const answer = (client: Client, { method, params }: RelayRequest): unknown => {
    switch (method) {
      case 'irn_subscribe':
        return subscribe(client, params.topic)
      case 'irn_batchSubscribe':
        return params.topics.map((topic) => subscribe(client, topic))
      case 'irn_unsubscribe':
        return client.topics.delete(params.topic)
      case 'irn_batchUnsubscribe':
        for (const { topic } of params.subscriptions) client.topics.delete(topic)
        return true
      case 'irn_fetchMessages':
        return messagesOf(client, [params.topic])
      case 'irn_batchFetchMessages':
        return messagesOf(client, params.topics)
      case 'irn_publish':
        publish(client, params.topic, params.message, params.tag, params.ttl)
        return true
      case 'wc_proposeSession':
        // Who proposes leaves it to the relay to subscribe it to the pairing, where the answer will come.
        subscribe(client, params.pairingTopic)
        publish(client, params.pairingTopic, params.sessionProposal, tags.proposal, params.ttl)
        return true
      case 'wc_approveSession':
        // And who approves leaves it to the relay to subscribe it to the session that begins.
        subscribe(client, params.sessionTopic)
        publish(client, params.pairingTopic, params.sessionProposalResponse, tags.proposalResponse, params.ttl)
        publish(client, params.sessionTopic, params.sessionSettlementRequest, tags.settlement, params.ttl)
        return true
    }
  }

  const receive = (client: Client, text: string) => {
    const json = parseJson(text)
    const confirmation = Confirmation.safeParse(json)
    if (confirmation.success) return mailbox.confirm(confirmation.data.id, client.name)
    const request = RelayRequest.safeParse(json)
    const reply = request.success
      ? { id: request.data.id, jsonrpc: '2.0', result: answer(client, request.data) }
      : { id: idOf(json), jsonrpc: '2.0', error: { code: -32600, message: 'The relay does not know this request.' } }
    client.socket.send(JSON.stringify(reply))
  }

  const server = createServer((_request, response) => response.end('WalletConnect relay (sandbox)\n'))
  const sockets = new WebSocketServer({ server, maxPayload: 1_000_000 })
  sockets.on('connection', (socket, request) => {
    const client: Client = { name: clientName(request.url), socket, topics: new Set() }
    clients.add(client)
    socket.on('message', (data) => receive(client, data.toString()))
    socket.on('close', () => clients.delete(client))
    socket.on('error', () => socket.terminate())
  })
  const pings = setInterval(() => {
    for (const { socket } of clients) socket.ping()
  }, pingMs)

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the relay has no port')
  return {
    url: `ws://127.0.0.1:${address.port}`,
    stop: async () => {
      clearInterval(pings)
      for (const { socket } of clients) socket.terminate()
      sockets.close()
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
    },
  }
}

const subscriptionId = (topic: string, client: string) => `${topic.slice(0, 32)}${client.slice(-32)}`

/** Who signed the connection's token keeps its name over reconnects, and with it its place in the mailbox. */
function clientName(address = ''): string {
  const token = new URL(address, 'ws://relay').searchParams.get('auth') ?? ''
  const claims = parseJson(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
  const issuer = typeof claims === 'object' && claims !== null && 'iss' in claims ? claims.iss : undefined
  return typeof issuer === 'string' && issuer !== '' ? issuer : randomUUID()
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function idOf(json: unknown): unknown {
  return typeof json === 'object' && json !== null && 'id' in json ? json.id : null
}
