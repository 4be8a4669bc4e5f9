import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { commandOf, startProgram } from '#sandbox/processes.ts'

let dir: string

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'causeway-processes-'))
})

afterEach(() => rm(dir, { recursive: true }))

function run(code: string, signal?: AbortSignal) {
  const log = join(dir, 'program.log')
  return { log, program: startProgram({ name: 'program', args: ['-e', code], env: {}, log, signal }) }
}

test('a program is heard, logged and stopped with everything it started', async () => {
  const { log, program } = run('console.log("ready", process.pid); setInterval(() => {}, 1000)')
  await program.said(/ready \d+/)
  const pid = Number(/ready (\d+)/.exec(program.tail())?.[1])
  expect(commandOf(pid)).toContain('setInterval')
  await program.stop()
  expect(commandOf(pid)).toBe('')
  expect(await program.exited).toMatch(/^program ended/)
  await expect.poll(() => readFile(log, 'utf8')).toContain(`ready ${pid}`)
})

test('waiting for a program that ends instead fails with its last words', async () => {
  const { program } = run('console.error("no such table"); process.exit(3)')
  await expect(program.said(/ready/)).rejects.toThrow(
    'program ended (exit code 3) before it was ready. It said:\nno such table',
  )
})

test('calling off ends the program', async () => {
  const off = new AbortController()
  const { program } = run('console.log("ready"); setInterval(() => {}, 1000)', off.signal)
  await program.said(/ready/)
  off.abort()
  expect(await program.exited).toMatch(/^program ended/)
})
