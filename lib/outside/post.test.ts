import { once } from 'node:events'
import http from 'node:http'
import https from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import net from 'node:net'
import { hostname } from 'node:os'
import tls from 'node:tls'
import { afterEach, describe, expect, test } from 'vitest'
import { RefusedDestination } from '#lib/outside/destination.ts'
import { postOutside } from '#lib/outside/post.ts'

// Against real servers of this machine, which stand for the ones outside.

const letter = { headers: { 'content-type': 'application/json', 'x-mark': 'yes' }, body: '{"a":"é"}' }
const open: net.Server[] = []
const sockets: Socket[] = []

afterEach(async () => {
  const closed = open.splice(0).map((server) => new Promise((resolve) => server.close(resolve)))
  for (const socket of sockets.splice(0)) socket.destroy()
  await Promise.all(closed)
})

async function listening(server: net.Server): Promise<URL> {
  server.on('connection', (socket: Socket) => sockets.push(socket.on('error', () => {})))
  open.push(server.listen(0))
  await once(server, 'listening')
  // Cast: a server that listens on a port has one.
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`)
}

const answering = (answer: http.RequestListener) => listening(http.createServer(answer))

describe('a post to an address that somebody named', () => {
  test('arrives whole, and its answer’s status is all that is taken', async () => {
    let heard: { body: string; mark: unknown; method: unknown } | undefined
    const url = await answering((request, response) => {
      const parts: Buffer[] = []
      request.on('data', (part: Buffer) => parts.push(part))
      request.on('end', () => {
        heard = { body: Buffer.concat(parts).toString(), mark: request.headers['x-mark'], method: request.method }
        response.writeHead(202).end('x'.repeat(100))
      })
    })
    expect(await postOutside(url, letter)).toBe(202)
    expect(heard).toEqual({ body: letter.body, mark: 'yes', method: 'POST' })
  })

  test('goes to the checked addresses alone, whatever its name means by then', async () => {
    const reached: string[] = []
    const { port } = await answering((request, response) => {
      reached.push(request.headers.host ?? '')
      response.end()
    })
    // A name that is asked for once: the second answer of a name server that has changed its mind is never heard.
    let asked = 0
    const resolve = async () => {
      asked += 1
      return [{ address: asked === 1 ? '8.8.8.8' : '127.0.0.1', family: 4 }]
    }
    // This machine finds its own server by its own name; the answer that was checked says otherwise.
    const name = hostname() === 'localhost' ? 'localhost.' : hostname()
    const url = new URL(`http://${name}:${port}/`)
    await expect(postOutside(url, letter, { resolve, within: 300 })).rejects.toThrow(/^it (did not answer|cannot)/)
    expect(asked).toBe(1)
    expect(reached).toEqual([])
    await expect(postOutside(url, letter, { resolve })).rejects.toThrow(RefusedDestination)
    expect(reached).toEqual([])
  })

  test('does not go where an answer leads', async () => {
    let led = 0
    const inside = await answering((_request, response) => {
      led += 1
      response.end()
    })
    const url = await answering((_request, response) => response.writeHead(307, { location: inside.href }).end())
    expect(await postOutside(url, letter)).toBe(307)
    expect(led).toBe(0)
  })

  test('ends after its time, whether nobody listens, nobody answers, or the answer drips', async () => {
    const silent = await listening(net.createServer())
    await expect(postOutside(silent, letter, { within: 100 })).rejects.toThrow('it did not answer in time')
    const dripping = await listening(
      net.createServer((socket) => {
        const drip = setInterval(() => socket.write('HTTP/1.1 103 Early Hints\r\n\r\n'), 20)
        socket.on('close', () => clearInterval(drip))
      }),
    )
    await expect(postOutside(dripping, letter, { within: 200 })).rejects.toThrow('it did not answer in time')
    const never = () => new Promise<never>(() => {})
    await expect(postOutside(new URL('https://slow.test/'), letter, { resolve: never, within: 50 })).rejects.toThrow(
      'it did not answer in time',
    )
  })

  test('takes nothing of an answer that has no end', async () => {
    let sent = 0
    const closed: Promise<unknown>[] = []
    const url = await answering((_request, response) => {
      closed.push(once(response, 'close'))
      response.on('error', () => {})
      const flood = (): void => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536))) sent += 65_536
      }
      response.on('drain', flood)
      flood()
    })
    expect(await postOutside(url, letter)).toBe(200)
    await Promise.all(closed)
    expect(sent).toBeLessThan(20_000_000)
  })

  test.each([
    ['a server that hangs up', (socket: Socket) => socket.destroy()],
    ['no HTTP', (socket: Socket) => socket.end('220 mail.test ESMTP\r\n')],
    [
      'another protocol',
      (socket: Socket) => socket.end('HTTP/1.1 101 Switching\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n'),
    ],
    ['headers without end', (socket: Socket) => socket.end(`HTTP/1.1 200 OK\r\nx: ${'y'.repeat(10_000)}\r\n\r\n`)],
  ])('%s is not taken, and nothing of it is told', async (_name, answer) => {
    const url = await listening(net.createServer((socket) => socket.once('data', () => answer(socket))))
    await expect(postOutside(url, letter)).rejects.toThrow(/^it (cannot be reached|did not answer)$/)
  })

  test('a port where nobody listens is not told from a host that does not exist', async () => {
    const url = await listening(net.createServer())
    await new Promise((resolve) => open.splice(0)[0]?.close(resolve))
    await expect(postOutside(url, letter)).rejects.toThrow('it cannot be reached')
  })

  test('a certificate that nobody vouches for is refused', async () => {
    let reached = false
    const server = https.createServer({ key, cert }, (_request, response) => {
      reached = true
      response.end()
    })
    const { port } = await listening(server)
    await expect(postOutside(new URL(`https://localhost:${port}/`), letter)).rejects.toThrow(
      'its certificate does not hold',
    )
    expect(reached).toBe(false)
  })

  test('over HTTPS the certificate has to be that of the name, which is told though an address is called', async () => {
    const names: string[] = []
    const server = https.createServer({ key, cert }, (request, response) => {
      names.push(String(Reflect.get(request.socket, 'servername')))
      response.writeHead(204).end()
    })
    const { port } = await listening(server)
    const before = tls.getCACertificates('default')
    tls.setDefaultCACertificates([...before, cert])
    try {
      expect(await postOutside(new URL(`https://localhost:${port}/`), letter)).toBe(204)
      expect(names).toEqual(['localhost'])
      // The certificate is trusted now, and names this address no more than anybody's.
      await expect(postOutside(new URL(`https://127.0.0.1:${port}/`), letter)).rejects.toThrow(
        'its certificate does not hold',
      )
    } finally {
      tls.setDefaultCACertificates(before)
    }
  })
})

// Made for this test alone: of nobody, by nobody.
const key = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgj5jZHn9RU0gFsBf8
yGMiFGQFwkDdG1R+oZ9P4xJbFDuhRANCAATWZSfitr7b792y09Hf1CfzqAlkMQ3G
K7ol9ON0HHKTTDYKCDE7zrC9v0yQE+VDT9/+ecGxRK3b0cJ/ZXx4nZfT
-----END PRIVATE KEY-----`
const cert = `-----BEGIN CERTIFICATE-----
MIIBlTCCATugAwIBAgIUFCKXbjY+zlZRsQyguWN9Od3vm+gwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMTE5MzcwMFoYDzIxMjYxMDI4
MTkzNzAwWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAATWZSfitr7b792y09Hf1CfzqAlkMQ3GK7ol9ON0HHKTTDYKCDE7zrC9
v0yQE+VDT9/+ecGxRK3b0cJ/ZXx4nZfTo2kwZzAdBgNVHQ4EFgQUNovSrS+BLTQM
oh63ZSiIGLNwPFcwHwYDVR0jBBgwFoAUNovSrS+BLTQMoh63ZSiIGLNwPFcwDwYD
VR0TAQH/BAUwAwEB/zAUBgNVHREEDTALgglsb2NhbGhvc3QwCgYIKoZIzj0EAwID
SAAwRQIhAKzpLq88P6BtScTvMDutQYfe0XdO8OLPqLAyESLpg5TPAiAn96St10x7
O+OS+z7WPyzFkQ+0eVaaoiPGSblkkqF45w==
-----END CERTIFICATE-----`
