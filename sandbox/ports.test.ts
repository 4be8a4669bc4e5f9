import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { choosePorts } from '#sandbox/ports.ts'

let dir: string
const held: Server[] = []

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'causeway-ports-'))
})

afterEach(async () => {
  await Promise.all(held.splice(0).map((server) => new Promise((resolve) => server.close(resolve))))
  await rm(dir, { recursive: true })
})

test('a world keeps its ports from one start to the next, and no two servers share one', async () => {
  const first = await choosePorts(dir, { anyFree: true })
  expect(new Set(Object.values(first)).size).toBe(Object.keys(first).length)
  expect(await choosePorts(dir, { anyFree: true })).toEqual(first)
})

test('a port that is busy is left alone', async () => {
  const first = await choosePorts(dir, { anyFree: true })
  await hold(first.app)
  const second = await choosePorts(dir)
  expect(second.app).not.toBe(first.app)
  expect(second.postgres).toBe(first.postgres)
})

test('the well-known ports are taken when they are free, else the next ones', async () => {
  const { app, supabase } = await choosePorts(dir)
  expect(app).toBeGreaterThanOrEqual(3000)
  expect(app).toBeLessThan(3100)
  expect(supabase).toBeGreaterThanOrEqual(54321)
})

function hold(port: number): Promise<void> {
  const server = createServer()
  held.push(server)
  return new Promise((resolve) => server.listen(port, '127.0.0.1', resolve))
}
