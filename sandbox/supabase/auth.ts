import { Hono } from 'hono'
import { decode } from 'hono/jwt'
import { z } from 'zod'
import type { NodeEnvironment } from '#sandbox/http/serve.ts'
import { type OpenedSession, signInWallet, signUpAnonymously } from '#sandbox/supabase/accounts.ts'
import { AuthFailure, failureResponse } from '#sandbox/supabase/failures.ts'
import type { RedirectRules } from '#sandbox/supabase/redirects.ts'
import { accessToken, TOKEN_SECONDS, type TokenContext } from '#sandbox/supabase/tokens.ts'
import { checkWeb3Grant } from '#sandbox/supabase/web3.ts'

type Lite = (request: Request) => Promise<Response>
export type AuthOptions = TokenContext & { lite: Lite; publishableKey: string; redirects: RedirectRules }

const User = z.looseObject({ id: z.uuid() })
const Session = z.looseObject({ access_token: z.string(), user: User })
const Claims = z.object({ sub: z.uuid(), session_id: z.uuid() })
const METHODS: Record<string, string> = { password: 'password', pkce: 'oauth', '/verify': 'otp', '/signup': 'password' }

/**
 * Supabase Auth's API under /auth/v1: Lite answers it, except for what Lite lacks: the wallet grant, anonymous sign-up, the
 * verification type `email`, and the claims its tokens leave out.
 */
export function authRoutes(options: AuthOptions): Hono<NodeEnvironment> {
  const { lite } = options
  const routes = new Hono<NodeEnvironment>()
  routes.onError((error, c) => failureResponse(error, c.req.raw))

  routes.post('/token', async (c) => {
    const request = c.req.raw
    const grant = c.req.query('grant_type') ?? ''
    if (grant !== 'web3' || !hasKey(request, options)) return complete(options, request, METHODS[grant])
    const message = await checkWeb3Grant(await body(request), options.redirects, new Date())
    return answer(options, await signInWallet(options.sql, message, request.headers.get('user-agent')), 'web3')
  })

  routes.post('/signup', async (c) => {
    const request = c.req.raw
    const { email, phone, data } = await body(request.clone())
    if (email || phone || !hasKey(request, options)) return complete(options, request, METHODS['/signup'])
    const details = z.record(z.string(), z.unknown()).catch({}).parse(data)
    return answer(
      options,
      await signUpAnonymously(options.sql, details, request.headers.get('user-agent')),
      'anonymous',
    )
  })

  routes.post('/verify', async (c) => {
    const given = await body(c.req.raw.clone())
    // Lite knows `email`, the type for both kinds of code, only by its older name.
    const request = new Request(c.req.raw, {
      body: JSON.stringify(given.type === 'email' ? { ...given, type: 'magiclink' } : given),
    })
    return complete(options, request, METHODS['/verify'])
  })

  routes.all('/user', async (c) => {
    const response = await lite(c.req.raw)
    const user = User.safeParse(await response.clone().json())
    return user.success ? replace(response, await withAnonymity(options, user.data)) : response
  })

  routes.get('/settings', async (c) => {
    const response = await lite(c.req.raw)
    if (!response.ok) return response
    const settings = z.looseObject({ external: z.looseObject({}) }).parse(await response.clone().json())
    return replace(response, { ...settings, external: { ...settings.external, anonymous_users: true } })
  })

  routes.all('/*', (c) => lite(c.req.raw))
  return routes
}

/** Lite refuses a request without the key, and its refusal is the right one: such requests are passed to it. */
function hasKey(request: Request, { publishableKey }: AuthOptions): boolean {
  return (request.headers.get('apikey') ?? new URL(request.url).searchParams.get('apikey')) === publishableKey
}

async function body(request: Request): Promise<Record<string, unknown>> {
  const text = await request.text()
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(text === '' ? '{}' : text))
  } catch (error) {
    throw new AuthFailure(
      400,
      'bad_json',
      `Could not parse request body as JSON: ${error instanceof SyntaxError ? error.message : 'not an object'}`,
    )
  }
}

/** Lets Lite answer, and gives a token it issued the claims Supabase Auth's has. */
async function complete(options: AuthOptions, request: Request, method: string | undefined): Promise<Response> {
  const response = await options.lite(request)
  if (!response.ok) return response
  const session = Session.safeParse(await response.clone().json())
  if (!session.success) return response
  const { sub, session_id } = Claims.parse(decode(session.data.access_token).payload)
  if (method === 'otp') {
    // Who was a guest is none from the moment their address is confirmed.
    await options.sql`update auth.users set is_anonymous = false where id = ${sub} and is_anonymous and email_confirmed_at is not null`
  }
  const { token, expiresAt, isAnonymous } = await accessToken(options, {
    userId: sub,
    sessionId: session_id,
    ...(method ? { method } : {}),
  })
  const user = { ...session.data.user, is_anonymous: isAnonymous }
  return replace(response, {
    ...session.data,
    access_token: token,
    expires_at: expiresAt,
    expires_in: TOKEN_SECONDS,
    user,
  })
}

async function answer(options: AuthOptions, opened: OpenedSession, method: string): Promise<Response> {
  const { token, expiresAt } = await accessToken(options, { ...opened, method })
  const url = `${options.issuer}/user`
  const response = await options.lite(
    new Request(url, { headers: { apikey: options.publishableKey, authorization: `Bearer ${token}` } }),
  )
  const user = await withAnonymity(options, User.parse(await response.json()))
  const session = {
    access_token: token,
    token_type: 'bearer',
    expires_in: TOKEN_SECONDS,
    expires_at: expiresAt,
    refresh_token: opened.refreshToken,
    user,
  }
  return Response.json(session, { headers: { 'access-control-allow-origin': '*' } })
}

async function withAnonymity({ sql }: AuthOptions, user: z.infer<typeof User>) {
  const [row] = await sql<{ is_anonymous: boolean }[]>`select is_anonymous from auth.users where id = ${user.id}`
  return { ...user, is_anonymous: row?.is_anonymous ?? false }
}

function replace(response: Response, json: unknown): Response {
  const headers = new Headers(response.headers)
  headers.delete('content-length')
  return Response.json(json, { status: response.status, headers })
}
