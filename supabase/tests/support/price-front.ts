import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { startPrices } from '#sandbox/prices/start.ts'

export type PriceFront = {
  url: string
  /** What the stand-in takes for now. */
  clock: { now: number }
  /** The path of every request so far. */
  asked: string[]
  /** Answers in place of the stand-in while it gives one. */
  instead: ((path: string) => Response | undefined) | undefined
  /** Sets what is wrong with prices, or with the API. */
  fault: (kind: 'prices' | 'faults', fault: object) => Promise<void>
  /** Well again, at the moment of now, with nothing asked. */
  reset: () => Promise<void>
  stop: () => Promise<void>
}

/** The price feeds' stand-in, behind a door that counts who comes and may answer itself. */
export async function startPriceFront(): Promise<PriceFront> {
  const clock = { now: Date.now() }
  const prices = await startPrices({ port: 0, now: () => clock.now })
  const asked: string[] = []
  const server = createServer(async (request, response) => {
    const path = request.url ?? ''
    asked.push(path)
    const answer = front.instead?.(path) ?? (await fetch(prices.url + path))
    const headers = Object.fromEntries(
      [...answer.headers].filter(([name]) => /^(content-type|retry-after)$/.test(name)),
    )
    response.writeHead(answer.status, headers).end(await answer.text())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const front: PriceFront = {
    // Cast: a server that listens on a port has an address with one.
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    clock,
    asked,
    instead: undefined,
    fault: async (kind, fault) => {
      const body = JSON.stringify(fault)
      const answer = await fetch(`${prices.url}/sandbox/${kind}`, { method: 'POST', body })
      if (!answer.ok) throw new Error(`The stand-in refused the fault: ${await answer.text()}`)
    },
    reset: async () => {
      for (const kind of ['prices', 'faults']) await fetch(`${prices.url}/sandbox/${kind}`, { method: 'DELETE' })
      clock.now = Date.now()
      asked.length = 0
      front.instead = undefined
    },
    stop: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await prices.stop()
    },
  }
  return front
}
