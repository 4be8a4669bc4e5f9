import { spawn } from 'node:child_process'
import { keepState, type StateKeeper } from '#sandbox/chain/keep-state.ts'

/**
 * Runs the node for exactly as long as its own standard input stays open. The parent holds the other end of that pipe, so
 * the node ends with the parent even when the parent is killed and can say nothing any more; its chain is saved first.
 * Arguments: the state file or an empty text, then the command.
 */
const [stateFile, command, ...args] = process.argv.slice(2)
if (stateFile === undefined || command === undefined) throw new Error('A state file and a command are needed.')

const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] })
let keeper: StateKeeper | undefined
let ending = false

async function end(): Promise<void> {
  if (ending) return
  ending = true
  // A node that takes this long to save or to end hangs.
  setTimeout(() => child.kill('SIGKILL'), 20_000).unref()
  try {
    await keeper?.stop()
  } finally {
    child.kill('SIGTERM')
  }
}

let output = ''
child.stdout.on('data', (chunk: Buffer) => {
  // The parent may be gone, and with it the other end of this pipe.
  if (!ending) process.stdout.write(chunk)
  output = (output + chunk.toString()).slice(-1000)
  const url = /Listening on (127\.0\.0\.1:\d+)/.exec(output)?.[1]
  if (url === undefined || keeper !== undefined || stateFile === '') return
  keeper = keepState({ rpcUrl: `http://${url}`, file: stateFile, paced: args.includes('--block-time') })
})
process.stdout.on('error', end)
process.stdin.on('close', end).on('error', end).resume()
process.on('SIGTERM', end)
process.on('SIGINT', end)
child.on('error', (error) => {
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
})
child.on('exit', (code) => process.exit(code ?? 1))
