import { createSession, expectProblem } from '#e2e/support/api.ts'
import { expect, apiTest as test } from '#e2e/support/test.ts'

const read = (url: string, secret?: string) =>
  fetch(url, secret === undefined ? {} : { headers: { authorization: `Bearer ${secret}` } })

test('a session shows itself to its secret and to nobody else', async ({ world }) => {
  const { id, secret } = await createSession(world)
  const other = await createSession(world)
  const url = `${world.app}/api/v1/onramp/sessions/${id}`
  expect((await read(url, secret)).status).toBe(200)

  const absent = await read(`${world.app}/api/v1/onramp/sessions/${crypto.randomUUID()}`, secret)
  const words = await absent.clone().text()
  await expectProblem(absent, { status: 404, code: 'not_found' })
  for (const wrong of [undefined, '', 'x', other.secret, secret.slice(0, -1), `${secret}x`, secret.toUpperCase()]) {
    const answer = await read(url, wrong)
    expect(await answer.clone().text()).toBe(words)
    await expectProblem(answer, { status: 404, code: 'not_found' })
  }
})

test('an id that is no id is as absent as any other', async ({ world }) => {
  for (const id of ['1', 'x', '%00', "'--", '..%2f..']) {
    await expectProblem(await read(`${world.app}/api/v1/onramp/sessions/${id}`), { status: 404, code: 'not_found' })
  }
})

test('history is for those who have signed in', async ({ world }) => {
  await expectProblem(await read(`${world.app}/api/v1/onramp/history`), { status: 401, code: 'sign_in_required' })
})

test('a session’s secret is nowhere in the database', async ({ world, db }) => {
  const { id, secret } = await createSession(world)
  const rows = await db`select s::text as row from public.onramp_sessions s where id = ${id}
    union all select k::text from public.idempotency_keys k`
  expect(rows.length).toBeGreaterThan(1)
  for (const { row } of rows) expect(row).not.toContain(secret)
})
