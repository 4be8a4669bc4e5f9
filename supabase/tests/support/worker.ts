import { type ChildProcess, spawn } from 'node:child_process'
import { resolve } from 'node:path'
import { afterAll } from 'vitest'

const ROOT = resolve(import.meta.dirname, '../../..')

export type WorkerProcess = {
  /** SIGKILL: no handler runs, nothing is tidied up. Resolves when it is gone. */
  kill: () => Promise<void>
  /** Takes the processor away from it; its connections stay open, as on a machine that hangs. */
  freeze: () => void
  thaw: () => void
  /** What it said. */
  output: () => string
}

const running = new Set<ChildProcess>()

/** Starts the real worker as a process of its own, with this process's environment and `env`; resolves when it is ready. */
export async function startWorker(env: Record<string, string>): Promise<WorkerProcess> {
  const child = spawn(process.execPath, ['lib/jobs/worker.ts'], {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.add(child)
  const gone = new Promise<void>((done) => child.once('exit', () => done()))
  void gone.then(() => running.delete(child))
  let output = ''
  await new Promise<void>((ready, fail) => {
    const hear = (chunk: Buffer): void => {
      output += chunk.toString()
      if (output.includes('worker is ready')) ready()
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    void gone.then(() => fail(new Error(`The worker ended before it was ready:\n${output}`)))
  })
  return {
    kill: async () => {
      child.kill('SIGKILL')
      await gone
    },
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
    output: () => output,
  }
}

afterAll(() => {
  for (const child of running) child.kill('SIGKILL')
})
