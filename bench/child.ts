import { fork } from 'node:child_process'
import { machineEnvironment } from '#sandbox/build.ts'

type Handlers = Record<string, (question: never) => Promise<unknown>>
type Question = { ask: string; with: unknown }
type Answer = { answer?: unknown; error?: string }

export type Child = {
  /** Has the child do something, one thing at a time, and resolves to what it answers. */
  ask<T>(what: string, question?: unknown): Promise<T>
  stop(): Promise<void>
}

/**
 * Runs a file of the benches as a process of its own, which ends with this one. The library reads its configuration once, so
 * each database that is measured has its own process.
 */
export function startChild(file: string, env: Record<string, string>): Child {
  // Cast: the type of an environment here wants Next's own variable named.
  const environment = { ...machineEnvironment(), ...env, NODE_ENV: 'production' } as NodeJS.ProcessEnv
  const child = fork(file, { env: environment, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  return {
    ask: async <T>(what: string, question: unknown = null) => {
      const answer = await new Promise<Answer>((resolve, reject) => {
        child.once('message', (message) => resolve(message as Answer))
        void gone.then(() => reject(new Error(`${file} ended before it answered.`)))
        child.send({ ask: what, with: question })
      })
      if (answer.error !== undefined) throw new Error(answer.error)
      // Cast: the child is another file of ours, and whoever asks knows what it answers.
      return answer.answer as T
    },
    stop: async () => {
      if (child.connected) child.disconnect()
      await gone
    },
  }
}

/** The child's side: answers each question by its handler, and ends with the process that asks. */
export function answerQuestions(handlers: Handlers): void {
  process.on('disconnect', () => process.exit(0))
  process.on('message', async ({ ask, with: question }: Question) => {
    try {
      // Cast: as the parent knows what it is answered, so the child knows what it is asked.
      process.send?.({ answer: await handlers[ask]?.(question as never) })
    } catch (error) {
      process.send?.({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) })
    }
  })
}
