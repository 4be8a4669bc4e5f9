import { execFile } from 'node:child_process'
import { stripeSessionId } from '#e2e/support/api.ts'
import { payByMachine } from '#e2e/support/stripe.ts'
import { expect, apiTest as test } from '#e2e/support/test.ts'

test('the example buys MUSD, follows it until it is delivered, and checks the receipt', async ({ world, db }) => {
  const wallet = '0x15d34AAf54267DB7D7c367839AAf71A00a2C6A65'
  let said = ''
  const ended = Promise.withResolvers<number | string>()
  const program = execFile(
    process.execPath,
    ['examples/typescript/buy-musd.ts', wallet, '40.00'],
    { env: { ...process.env, CAUSEWAY_URL: world.app } },
    (error) => ended.resolve(error?.code ?? (error ? error.message : 0)),
  )
  program.stdout?.on('data', (text) => {
    said += text
  })
  program.stderr?.on('data', (text) => {
    said += text
  })
  await expect.poll(() => said).toMatch(/Follow it {2}\S+/)
  const id = /Follow it {2}\S+\/pay\/([0-9a-f-]{36})#/.exec(said)?.[1] ?? ''
  await payByMachine(world, await stripeSessionId(db, id))
  expect(await ended.promise, said).toBe(0)
  expect(said).toMatch(/Status {5}delivered\n/)
  expect(said).toMatch(new RegExp(`Delivered {2}[\\d.]+ MUSD to ${wallet}\n`))
  expect(said).toMatch(/Receipt {4}CW-\d{4}-\d{6}, verified on chain just now\n/)
  const [session] = await db`select status from public.onramp_sessions where id = ${id}`
  expect(session?.status).toBe('delivered')
})
