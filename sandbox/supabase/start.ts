import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { App, type EmailDriver } from '@supabase/lite'
import { Hono } from 'hono'
import postgres from 'postgres'
import { z } from 'zod'
import { type NodeEnvironment, serve } from '#sandbox/http/serve.ts'
import { authRoutes } from '#sandbox/supabase/auth.ts'
import { liteConnection, prepareSupabaseSchemas } from '#sandbox/supabase/database.ts'

export type SupabaseOptions = {
  dir: string
  port: number
  adminUrl: string
  /** The app's address: where mails link to and what wallets sign for. */
  siteUrl: string
  /** Further addresses wallets may sign for, as patterns. */
  redirectUrls?: string[]
  mail: EmailDriver
}

export type Supabase = { url: string; publishableKey: string; stop(): Promise<void> }

const Keys = z.object({ publishableKey: z.string(), jwtSecret: z.string() })

/**
 * Starts Supabase's API on loopback over the given database: Lite, run inside this process with its admin mode off and
 * nothing but /auth/v1 and /rest/v1 within reach, completed by what Supabase Auth has and Lite lacks.
 */
export async function startSupabase(options: SupabaseOptions): Promise<Supabase> {
  const { dir, port, adminUrl, siteUrl, redirectUrls = [] } = options
  const { publishableKey, jwtSecret } = await keptKeys(dir)
  await prepareSupabaseSchemas(adminUrl)
  const connection = liteConnection(adminUrl)
  const sql = postgres(adminUrl, { max: 4, onnotice: () => {} })
  const outer = new Hono<NodeEnvironment>()
  const server = await serve({ app: outer, port })
  const { url } = server
  const lite = new App({
    connection,
    api: { schemas: ['public'] },
    studio: { enabled: false },
    auth: {
      enabled: true,
      jwt_secret: jwtSecret,
      publishable_key: publishableKey,
      site_url: siteUrl,
      additional_redirect_urls: redirectUrls,
      enable_signup: true,
      minimum_password_length: 8,
      email: { enable_confirmations: true, max_frequency: '1s', otp_length: 6, otp_expiry: 3600 },
    },
    options: { drivers: { email: linkedTo(options.mail, siteUrl, url) } },
  })
  const ask = (request: Request) => lite.fetch(request, { peerAddress: null })
  const redirects = { siteUrl, allowed: redirectUrls }
  outer.route(
    '/auth/v1',
    authRoutes({ lite: ask, sql, secret: jwtSecret, issuer: `${url}/auth/v1`, publishableKey, redirects }),
  )
  outer.all('/rest/v1/*', (c) => ask(c.req.raw))
  return {
    url,
    publishableKey,
    async stop() {
      await server.stop()
      await connection.close()
      await sql.end()
    },
  }
}

async function keptKeys(dir: string): Promise<z.infer<typeof Keys>> {
  const file = join(dir, 'keys.json')
  const kept = await readFile(file, 'utf8').catch(() => undefined)
  if (kept) return Keys.parse(JSON.parse(kept))
  const keys = {
    publishableKey: `sb_publishable_${randomBytes(24).toString('base64url')}`,
    jwtSecret: randomBytes(32).toString('base64url'),
  }
  await mkdir(dir, { recursive: true })
  await writeFile(file, JSON.stringify(keys), { mode: 0o600 })
  return keys
}

/** Lite's mails link to the verification under the site's address; a hosted project's link to the project's own. */
function linkedTo(mail: EmailDriver, siteUrl: string, url: string): EmailDriver {
  const fix = (text: string | undefined) => text?.replaceAll(`${siteUrl}/auth/v1/verify`, `${url}/auth/v1/verify`)
  return {
    send: (message) => {
      const text = fix(message.text)
      const html = fix(message.html)
      return mail.send({ ...message, ...(text === undefined ? {} : { text }), ...(html === undefined ? {} : { html }) })
    },
  }
}
