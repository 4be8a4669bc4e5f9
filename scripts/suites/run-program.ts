import { spawn } from 'node:child_process'

let stopped = false

/** Whether somebody asked us to stop while a program ran. */
export function wasStopped(): boolean {
  return stopped
}

/**
 * Runs a program, showing what it says, and resolves to its exit code. It gets a process group of its own: whatever it
 * leaves behind is ended with it, and a signal to us ends it too.
 */
export function runProgram(command: string, args: string[], env: Record<string, string> = {}): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...env },
      detached: true,
    })
    // Whatever stops us, the child hears Ctrl-C: the one signal after which test runners still clear up.
    const pass = () => {
      stopped = true
      signalGroup(child.pid, 'SIGINT')
    }
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
    for (const signal of signals) process.on(signal, pass)
    const done = (code: number) => {
      for (const signal of signals) process.off(signal, pass)
      signalGroup(child.pid, 'SIGKILL')
      resolve(code)
    }
    child.on('error', (error) => {
      process.stderr.write(`${command} could not be started: ${error.message}\n`)
      done(1)
    })
    child.on('exit', (code) => done(code ?? 1))
  })
}

function signalGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, signal)
  } catch {
    // The group has no members any more.
  }
}
