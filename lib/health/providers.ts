import { env } from '#lib/env.ts'
import { lookAt, type Part } from '#lib/health/part.ts'
import { hasCircle } from '#lib/rails/circle/client.ts'
import { circleRail } from '#lib/rails/circle/rail.ts'
import { stripeRail } from '#lib/rails/stripe/rail.ts'

const timeoutMs = 5_000

/** Whether Stripe answers our key. */
export async function lookAtStripe(): Promise<Part> {
  return await lookAt('stripe', async () => {
    const { ok, detail: summary } = await stripeRail.health()
    return { status: ok ? 'ok' : 'down', summary, detail: {} }
  })
}

/** Whether Circle answers our key; nothing where there is none. */
export async function lookAtCircle(): Promise<Part[]> {
  if (!hasCircle()) return []
  const part = await lookAt('circle', async () => {
    const { ok, detail: summary } = await circleRail.health()
    return { status: ok ? 'ok' : 'down', summary, detail: {} }
  })
  return [part]
}

/** Whether people can sign in: Supabase Auth's own health, asked with the key that browsers have. */
export async function lookAtSupabase(): Promise<Part> {
  return await lookAt('supabase', async () => {
    const { SUPABASE_URL: url, SUPABASE_PUBLISHABLE_KEY: apikey } = env()
    const answer = await fetch(`${url}/auth/v1/health`, {
      headers: { apikey },
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    }).catch(() => undefined)
    await answer?.body?.cancel()
    if (!answer) return { status: 'down', summary: 'Supabase Auth cannot be reached', detail: {} }
    return answer.ok
      ? { status: 'ok', summary: 'Supabase Auth is well', detail: {} }
      : { status: 'down', summary: `Supabase Auth answers ${answer.status}`, detail: {} }
  })
}
