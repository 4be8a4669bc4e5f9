import type { ZodOpenApiObject } from 'zod-openapi'
import { sessionCookieOptions } from '#lib/auth/session-cookie.ts'

type Requirement = Record<string, string[]>

/** Nobody has to say who they are. */
export const openToAll: Requirement[] = [{}]
/** Whoever holds the secret of the session. */
export const asGuest: Requirement[] = [{ sessionSecret: [] }]
/** Someone who has signed in. */
export const asPerson: Requirement[] = [{ accessToken: [] }, { sessionCookie: [] }]
/** Software that acts for an agent, or someone who has signed in. */
export const asEither: Requirement[] = [{ apiKey: [] }, ...asPerson]

type Schemes = NonNullable<NonNullable<ZodOpenApiObject['components']>['securitySchemes']>

/** The ways to say who one is. The name of the session's cookie depends on whether the site is encrypted. */
export function securitySchemes(serverUrl: string): Schemes {
  return {
    sessionSecret: {
      type: 'http',
      scheme: 'bearer',
      description:
        'The `secret` that POST /api/v1/onramp/sessions told. It opens that one session and its receipt, for a guest.',
    },
    accessToken: {
      type: 'http',
      scheme: 'bearer',
      bearerFormat: 'JWT',
      description: 'The Supabase access token of a signed-in person.',
    },
    apiKey: {
      type: 'http',
      scheme: 'bearer',
      description:
        'A key of an agent, which begins with `cw_`. Its person makes it by POST /api/v1/agents/{id}/api-keys; it does what its scopes say.',
    },
    sessionCookie: {
      type: 'apiKey',
      in: 'cookie',
      name: sessionCookieOptions(serverUrl).name,
      description: 'What a browser carries once a person has signed in on this site. A bearer counts before it.',
    },
    stripeSignature: {
      type: 'apiKey',
      in: 'header',
      name: 'Stripe-Signature',
      description: 'Stripe’s signature over the raw body, at most five minutes old.',
    },
    circleSignature: {
      type: 'apiKey',
      in: 'header',
      name: 'X-Circle-Signature',
      description: 'Circle’s signature over the raw body, with the key that X-Circle-Key-Id names.',
    },
  }
}
