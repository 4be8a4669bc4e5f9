import { randomInt } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { z } from 'zod'

/** Each server of the local world and the port it likes best. */
const PREFERRED = {
  app: 3000,
  supabase: 54321,
  postgres: 54322,
  mail: 54324,
  smtp: 54325,
  rpc: 8545,
  explorer: 8546,
  stripe: 4010,
  circle: 4020,
  prices: 4030,
  relay: 4040,
  traces: 4318,
}

export type Ports = Record<keyof typeof PREFERRED, number>

const Kept = z.partialRecord(z.enum(Object.keys(PREFERRED)), z.number().int())

/**
 * Chooses a port for each server: the one it had last time, else the one it likes best, else the next free one; remembers
 * them in `dir`. With `anyFree`, whatever the system gives, so that several worlds stand side by side.
 */
export async function choosePorts(dir: string, { anyFree = false } = {}): Promise<Ports> {
  const file = join(dir, 'ports.json')
  const kept = Kept.catch({}).parse(JSON.parse(await readFile(file, 'utf8').catch(() => '{}')))
  const taken = new Set<number>()
  const ports = { ...PREFERRED }
  // Cast: Object.keys loses the names.
  for (const name of Object.keys(PREFERRED) as (keyof Ports)[]) {
    let port = kept[name] ?? (anyFree ? await freePort() : PREFERRED[name])
    while (taken.has(port) || !(await isFree(port))) port = anyFree ? await freePort() : port + 1
    taken.add(port)
    ports[name] = port
  }
  await mkdir(dir, { recursive: true })
  await writeFile(file, `${JSON.stringify(ports, null, 2)}\n`)
  return ports
}

/**
 * A port that nothing listens on at this moment, from below the range the system takes for outgoing connections: those come
 * and go by the hundred, and would have taken it by the time it is used.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 32_000)
    if (await isFree(port)) return port
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}
