import { spawn } from 'node:child_process'

// Runs the Node program given as arguments for as long as its own standard input stays open. The other end of that pipe is
// held by the process that started the world, so the program ends with it, even where that process is killed outright.

const GRACE_MS = 15_000

const child = spawn(process.execPath, process.argv.slice(2), { stdio: ['ignore', 'inherit', 'inherit'] })
let ending = false

function end(): void {
  if (ending) return
  ending = true
  child.kill('SIGTERM')
  setTimeout(() => child.kill('SIGKILL'), GRACE_MS).unref()
}

process.stdin.on('close', end).on('error', end).resume()
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, end)
child.on('error', (error) => {
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
})
child.on('exit', (code, signal) => {
  if (signal !== null && !ending) process.stderr.write(`It was ended by ${signal}.\n`)
  process.exit(code ?? 1)
})
