import { describe, expect, test } from 'vitest'
import { requestActor } from '#lib/auth/request-actor.ts'

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
const claims = { sub: '5f0c1c1e-7d0c-4a63-9d50-1f2c3b4a5d6e', role: 'authenticated', exp: 4_102_444_800 }

function bearing(token: string): Request {
  return new Request('https://causeway.example/api/v1/me', { headers: { authorization: `Bearer ${token}` } })
}

// No Supabase answers in unit tests (vitest.config.ts): it is out.
describe('a token that nobody vouches for', () => {
  test('is never believed while Supabase cannot be asked, and signs nobody out either', async () => {
    const token = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}.${Buffer.from('forged').toString('base64url')}`
    await expect(requestActor(bearing(token))).rejects.toMatchObject({ status: 503, code: 'sign_in_unavailable' })
  })

  test.each([
    ['without a signature', `${part({ alg: 'none' })}.${part(claims)}.x`],
    ['that is over', `${part({ alg: 'HS256' })}.${part({ ...claims, exp: 1 })}.Zm9yZ2Vk`],
    ['that is no JSON', 'aaa.bbb.ccc'],
  ])('%s is nobody’s, or cannot be checked', async (_, token) => {
    const outcome = await requestActor(bearing(token)).catch((error: unknown) => error)
    expect(outcome).not.toMatchObject({ role: 'authenticated' })
  })
})
