import { join } from 'node:path'
import { NEXT } from '#sandbox/build.ts'
import { programEnvironment } from '#sandbox/environment.ts'
import { type Program, startProgram } from '#sandbox/processes.ts'

export type AppOptions = {
  url: string
  env: Record<string, string>
  logs: string
  dev: boolean
  signal?: AbortSignal | undefined
}

/** Starts the app on loopback and resolves when its own health check is content. */
export async function startApp({ url, env, logs, dev, signal }: AppOptions): Promise<Program> {
  const program = startProgram({
    name: 'app',
    args: [NEXT, dev ? 'dev' : 'start', '-H', '127.0.0.1', '-p', new URL(url).port],
    env: programEnvironment(env, dev ? 'development' : 'production'),
    log: join(logs, 'app.log'),
    signal,
  })
  try {
    // Whoever answers on that port before the app says that it listens is somebody else.
    await program.said(/Ready in/)
    await healthy(program, url)
    return program
  } catch (error) {
    await program.stop()
    throw error
  }
}

/** Starts the job worker and resolves when it works. */
export async function startWorker({ env, logs, signal }: Omit<AppOptions, 'url' | 'dev'>): Promise<Program> {
  const program = startProgram({
    name: 'worker',
    args: ['lib/jobs/worker.ts'],
    env: programEnvironment(env, 'production'),
    log: join(logs, 'worker.log'),
    signal,
  })
  await program.said(/worker is ready/)
  return program
}

const PATIENCE_MS = 120_000

async function healthy(program: Program, url: string): Promise<void> {
  const health = `http://127.0.0.1:${new URL(url).port}/api/health`
  const deadline = Date.now() + PATIENCE_MS
  let ended: string | undefined
  let last = 'nothing'
  void program.exited.then((how) => {
    ended = how
  })
  for (;;) {
    if (ended !== undefined) throw new Error(`${ended} before it was ready. It said:\n${program.tail()}`)
    const answer = await fetch(health, { signal: AbortSignal.timeout(30_000) }).catch(() => undefined)
    if (answer?.ok) return
    if (answer) last = `${answer.status} ${(await answer.text()).slice(0, 500)}`
    if (Date.now() > deadline) {
      throw new Error(
        `The app was not healthy after two minutes. ${health} answered: ${last}\nIt said:\n${program.tail()}`,
      )
    }
    await new Promise((resolve) => setTimeout(resolve, 150))
  }
}
