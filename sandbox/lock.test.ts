import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { claim } from '#sandbox/lock.ts'

let dir: string

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'causeway-lock-'))
})

afterEach(() => rm(dir, { recursive: true }))

test('a folder has one world at a time', () => {
  const release = claim(dir)
  expect(() => claim(dir)).toThrow(`A local world already runs in ${dir} (process ${process.pid}).`)
  release()
  claim(dir)()
})

test('what a crashed world left behind does not keep the next one out', async () => {
  await writeFile(join(dir, 'owner'), `${process.pid}\nsome other program\n`)
  claim(dir)()
})
