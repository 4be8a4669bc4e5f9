import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll } from 'vitest'
import { findKcat } from '#scripts/suites/kcat.ts'

export type Taken = {
  key: string | null
  value: string
  partition: number
  offset: number
  headers: Record<string, string>
}

export type Broker = {
  /** host:port, on loopback. */
  address: string
  /** Everything that a topic holds, in the order of each partition. */
  read: (topic: string) => Promise<Taken[]>
  /** What it holds goes with it. */
  stop: () => Promise<void>
}

const running = new Set<ChildProcess>()
const run = promisify(execFile)

/** Starts a cluster of one broker: librdkafka's own, in a kcat process that does nothing else. Its topics have four partitions. */
export async function startBroker(): Promise<Broker> {
  const kcat = findKcat()
  const child = spawn(kcat, ['-b', 'mock:1', '-X', 'test.mock.num.brokers=1', '-d', 'mock', '-C', '-q', '-t', 'none'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  running.add(child)
  const gone = new Promise<void>((done) => child.once('exit', () => done()))
  void gone.then(() => running.delete(child))
  let said = ''
  const address = await new Promise<string>((ready, fail) => {
    child.stderr.on('data', (chunk: Buffer) => {
      if (said.length < 10_000) said += chunk.toString()
      const found = /bootstrap\.servers=(127\.0\.0\.1:\d+)/.exec(said)?.[1]
      if (found) ready(found)
    })
    void gone.then(() => fail(new Error(`The broker ended before it was ready:\n${said}`)))
  })
  return {
    address,
    read: async (topic) => {
      const args = ['-b', address, '-C', '-t', topic, '-o', 'beginning', '-e', '-q', '-J']
      const { stdout } = await run(kcat, args, { maxBuffer: 100_000_000 })
      return stdout.split('\n').filter(Boolean).map(toTaken)
    },
    stop: async () => {
      child.kill('SIGKILL')
      await gone
    },
  }
}

/** kcat's JSON: `headers` is a list of names and values in turn, and `payload` the value. */
function toTaken(line: string): Taken {
  const { key, payload, partition, offset, headers = [] } = JSON.parse(line)
  const entries = headers.flatMap((name: string, index: number) =>
    index % 2 === 0 ? [[name, headers[index + 1]]] : [],
  )
  return { key, value: payload, partition, offset, headers: Object.fromEntries(entries) }
}

afterAll(() => {
  for (const child of running) child.kill('SIGKILL')
})
