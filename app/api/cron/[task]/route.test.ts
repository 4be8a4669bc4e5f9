import { afterAll, expect, test, vi } from 'vitest'

// Read before anything else reads the configuration.
vi.stubEnv('CRON_SECRET', 'a-secret-of-the-tests-only')
const { GET } = await import('#app/api/cron/[task]/route.ts')

afterAll(() => vi.unstubAllEnvs())

const ask = (task: string, authorization?: string) =>
  GET(
    new Request(`http://causeway.test/api/cron/${task}`, {
      headers: authorization === undefined ? {} : { authorization },
    }),
    {
      params: Promise.resolve({ task }),
    },
  )

test.each([
  ['no secret', 'jobs', undefined],
  ['another secret', 'jobs', 'Bearer another-secret-of-nobody'],
  ['the secret alone', 'jobs', 'a-secret-of-the-tests-only'],
  ['the beginning of it', 'jobs', 'Bearer a-secret-of-the-tests'],
  ['a task that is none', 'everything', 'Bearer a-secret-of-the-tests-only'],
  ['the name of something else', 'constructor', 'Bearer a-secret-of-the-tests-only'],
])('with %s there is nothing here', async (_name, task, authorization) => {
  expect((await ask(task, authorization)).status).toBe(404)
})
