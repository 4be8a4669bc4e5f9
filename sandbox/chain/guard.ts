import { spawn } from 'node:child_process'

/**
 * Runs the command given as arguments for exactly as long as its own standard input stays open. The parent holds the
 * other end of that pipe, so the command ends with the parent even when the parent is killed and can say nothing any more.
 */
const [command, ...args] = process.argv.slice(2)
if (command === undefined) throw new Error('A command is needed.')

const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'] })
let ending = false

function end(): void {
  if (ending) return
  ending = true
  child.kill('SIGTERM')
  // Writing the state of a long chain takes a moment; a node that takes this long hangs.
  setTimeout(() => child.kill('SIGKILL'), 20_000).unref()
}

process.stdin.on('close', end).on('error', end).resume()
process.on('SIGTERM', end)
process.on('SIGINT', end)
child.on('error', (error) => {
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
})
child.on('exit', (code) => process.exit(code ?? 1))
