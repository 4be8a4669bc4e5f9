import { connect, createServer, type Socket } from 'node:net'

// Stands between a client and a broker, so that a test can do to them what a network does.

export type KafkaFront = {
  address: string
  /** How many requests of each kind came through, by Kafka's number of it. */
  counts: Map<number, number>
  /** Cuts the connection instead of passing on the next answers to requests of this kind: the broker did it, and nobody hears. */
  loseAnswersTo: (api: number, times: number) => void
  stop: () => Promise<void>
}

export const PRODUCE = 0
const LIST_OFFSETS = 2
export const OFFSET_COMMIT = 8
const API_VERSIONS = 18

/**
 * Starts one in front of a broker, whose own address it replaces in what the broker says of itself. librdkafka's mock cluster
 * answers ListOffsets from version 4 on with a field too many for more than one partition; here it offers version 3 at most.
 */
export async function startFront(broker: string): Promise<KafkaFront> {
  const brokerPort = Number(broker.split(':')[1])
  const counts = new Map<number, number>()
  const sockets = new Set<Socket>()
  let losing = { api: -1, times: 0 }
  const server = createServer((client) => {
    const upstream = connect(brokerPort, '127.0.0.1')
    const asked = new Map<number, number>()
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => {
        sockets.delete(socket)
        client.destroy()
        upstream.destroy()
      })
    }
    const hearClient = frames((frame) => {
      const api = frame.readInt16BE(4)
      asked.set(frame.readInt32BE(8), api)
      counts.set(api, (counts.get(api) ?? 0) + 1)
      upstream.write(frame)
    })
    const hearBroker = frames((frame) => {
      const api = asked.get(frame.readInt32BE(4))
      if (api === losing.api && losing.times > 0) {
        losing.times--
        client.destroy()
        return
      }
      if (api === API_VERSIONS) limitListOffsets(frame)
      replacePort(frame, brokerPort, front.port)
      client.write(frame)
    })
    client.on('data', hearClient)
    upstream.on('data', hearBroker)
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the front has no port')
  const front = { port: address.port }
  return {
    address: `127.0.0.1:${address.port}`,
    counts,
    loseAnswersTo: (api, times) => {
      losing = { api, times }
    },
    stop: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise<void>((done) => server.close(() => done()))
    },
  }
}

/** Both sides speak in frames: four bytes say how long the rest is. */
function frames(take: (frame: Buffer) => void): (chunk: Buffer) => void {
  let rest = Buffer.alloc(0)
  return (chunk) => {
    rest = Buffer.concat([rest, chunk])
    while (rest.length >= 4 && rest.length >= 4 + rest.readInt32BE(0)) {
      const end = 4 + rest.readInt32BE(0)
      // A copy, as it is written to below.
      take(Buffer.from(rest.subarray(0, end)))
      rest = rest.subarray(end)
    }
  }
}

/** Length, correlation, error, how many; and then of each its number, and from and up to which version. */
function limitListOffsets(frame: Buffer): void {
  const count = frame.readInt32BE(10)
  for (let at = 14; at < 14 + count * 6 && at + 6 <= frame.length; at += 6) {
    if (frame.readInt16BE(at) === LIST_OFFSETS) frame.writeInt16BE(Math.min(frame.readInt16BE(at + 4), 3), at + 4)
  }
}

/** Wherever a host stands with its port behind it. */
function replacePort(frame: Buffer, from: number, to: number): void {
  const host = Buffer.from('\0\x09127.0.0.1')
  for (let at = frame.indexOf(host); at >= 0; at = frame.indexOf(host, at + host.length)) {
    const port = at + host.length
    if (port + 4 <= frame.length && frame.readInt32BE(port) === from) frame.writeInt32BE(to, port)
  }
}
