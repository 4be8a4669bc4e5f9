import { test as base, expect } from '@playwright/test'
import postgres from 'postgres'
import { installWallet, type TestWallet } from '#e2e/support/wallet.ts'
import { readWorld, type World } from '#e2e/support/world.ts'

type WorkerFixtures = {
  world: World
  /** The database as its owner: to look at what the app wrote, never to write. */
  db: postgres.Sql
}

/** A test that needs no browser: it talks to the app as a program does. */
export const apiTest = base.extend<object, WorkerFixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright finds a fixture's needs in this pattern.
  world: [({}, use) => use(readWorld()), { scope: 'worker' }],
  db: [
    async ({ world }, use) => {
      const sql = postgres(world.database, { max: 2, onnotice: () => {} })
      await use(sql)
      await sql.end({ timeout: 5 })
    },
    { scope: 'worker' },
  ],
})

type Fixtures = {
  /** A wallet with a key of its own in every page of the test. Ask for it and it is there. */
  wallet: TestWallet
  /** What the test expects of the console; anything else that is an error or a warning fails it. */
  expectedConsole: RegExp | null
  quietConsole: undefined
}

/** A test in a browser. What the console says unexpectedly fails it. */
export const test = apiTest.extend<Fixtures>({
  baseURL: ({ world }, use) => use(world.app),
  wallet: async ({ context, world }, use) => {
    await use(await installWallet(context, { rpc: world.rpc, chainId: world.chainId }))
  },
  expectedConsole: [null, { option: true }],
  quietConsole: [
    async ({ context, expectedConsole }, use) => {
      const said: string[] = []
      const note = (text: string) => {
        if (!expectedConsole?.test(text)) said.push(text)
      }
      context.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning')
          note(`${message.text()} (${message.location().url})`)
      })
      context.on('weberror', (event) => note(event.error().stack ?? event.error().message))
      await use(undefined)
      expect(said, 'the browser’s console').toEqual([])
    },
    { auto: true },
  ],
})

export { expect }
