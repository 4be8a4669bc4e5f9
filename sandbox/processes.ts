import { execFileSync, spawn } from 'node:child_process'
import { createWriteStream, mkdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

export type Program = {
  /** The process that watches over the program; the program is its only child. */
  pid: number
  /** Resolves to how it ended. */
  exited: Promise<string>
  /** The last lines it said. */
  tail(): string
  /** Resolves when it has said something that matches. Rejects when it ends before. */
  said(pattern: RegExp): Promise<void>
  stop(): Promise<void>
}

export type ProgramOptions = {
  name: string
  args: string[]
  env: Record<string, string>
  log: string
  /** Ends the program when aborted. */
  signal?: AbortSignal | undefined
}

/**
 * Runs a Node program of the project for as long as this process lives, its output in a log file. It has a process group
 * of its own and ends with this process, however this process ends.
 */
export function startProgram({ name, args, env, log, signal }: ProgramOptions): Program {
  mkdirSync(dirname(log), { recursive: true })
  const file = createWriteStream(log)
  const guard = join(import.meta.dirname, 'guard.ts')
  const child = spawn(process.execPath, [guard, ...args], {
    cwd: join(import.meta.dirname, '..'),
    // Cast: the type of an environment here wants Next's own variable named.
    env: env as NodeJS.ProcessEnv,
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  })
  let said = ''
  const listeners = new Set<() => void>()
  const hear = (chunk: Buffer) => {
    file.write(chunk)
    said = (said + chunk.toString()).slice(-16_000)
    for (const listener of listeners) listener()
  }
  child.stdout.on('data', hear)
  child.stderr.on('data', hear)
  child.stdin.on('error', () => {})
  const end = () => child.stdin.end()
  signal?.addEventListener('abort', end, { once: true })
  const exited = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(`${name} could not be started: ${error.message}`))
    child.once('close', (code, killed) => {
      signal?.removeEventListener('abort', end)
      file.end()
      resolve(`${name} ended (${killed ?? `exit code ${code}`})`)
    })
  })
  const tail = () => said.trimEnd().split('\n').slice(-20).join('\n')
  return {
    pid: child.pid ?? 0,
    exited,
    tail,
    said: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (!pattern.test(said)) return
          listeners.delete(look)
          resolve()
        }
        listeners.add(look)
        look()
        void exited.then((how) => reject(new Error(`${how} before it was ready. It said:\n${tail()}`)))
      }),
    async stop() {
      end()
      await exited
    },
  }
}

/** The command line of a running process; an empty text where there is none. */
export function commandOf(pid: number): string {
  try {
    return process.platform === 'linux'
      ? readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()
      : execFileSync('ps', ['-o', 'args=', '-p', String(pid)], {
          encoding: 'utf8',
          stdio: ['ignore', 'pipe', 'ignore'],
        }).trim()
  } catch {
    return ''
  }
}
