import { documented } from '#e2e/support/documented.ts'
import { expect, apiTest as test } from '#e2e/support/test.ts'

// Prices as anybody's program or page reads them, from the app as it runs.

const pair = 'base=BTC&quote=INR'

test('prices, their past and what they come to are as documented', async ({ world }) => {
  const expectDocumented = await documented(world)
  const get = (path: string) => fetch(`${world.app}/api/v1/rates/${path}`)
  await expectDocumented('listRateAssets', await get('assets'))
  await expectDocumented('getCurrentRate', await get(`current?${pair}`))
  for (const interval of ['10m', '1h', '1d']) {
    const history = (await expectDocumented('getRateHistory', await get(`history?${pair}&interval=${interval}`))) as {
      points: { at: string }[]
    }
    expect(history.points.length, interval).toBeGreaterThan(100)
  }
  for (const period of ['24h', '7d', '30d']) {
    await expectDocumented('getRateStats', await get(`stats?${pair}&period=${period}`))
  }
  await expectDocumented('getRateHistory', await get(`history?${pair}&interval=1w`))
  await expectDocumented(
    'getRateHistory',
    await get(`history?${pair}&from=2001-01-01T00:00:00Z&to=2001-02-01T00:00:00Z`),
  )
})

test('another site may read them, and whoever has them gets no body', async ({ world }) => {
  const url = `${world.app}/api/v1/rates/stats?${pair}`
  const origin = 'https://elsewhere.example'
  const first = await fetch(url, { headers: { origin, cookie: 'sb-anything=1' } })
  expect(first.headers.get('access-control-allow-origin')).toBe('*')
  expect(first.headers.get('cache-control')).toMatch(/^public, max-age=\d+, s-maxage=\d+, stale-while-revalidate=\d+$/)
  expect(first.headers.has('set-cookie')).toBe(false)
  expect(first.headers.get('vary') ?? '').not.toMatch(/cookie|authorization/i)
  const etag = first.headers.get('etag') ?? ''
  const again = await fetch(url, { headers: { origin, 'if-none-match': etag } })
  expect([again.status, await again.text()]).toEqual([304, ''])
  const head = await fetch(url, { method: 'HEAD' })
  expect([head.status, head.headers.get('etag'), await head.text()]).toEqual([200, etag, ''])
  const asked = await fetch(url, {
    method: 'OPTIONS',
    headers: { origin, 'access-control-request-method': 'GET', 'access-control-request-headers': 'if-none-match' },
  })
  expect([asked.status, asked.headers.get('access-control-allow-headers')]).toEqual([204, 'if-none-match'])
})
