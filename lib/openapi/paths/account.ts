import { z } from 'zod'
import type { ZodOpenApiPathsObject } from 'zod-openapi'
import { answer } from '#lib/openapi/answer.ts'
import { problems } from '#lib/openapi/problems.ts'
import { asPerson, openToAll } from '#lib/openapi/security.ts'

const Me = z
  .object({
    user: z
      .object({
        id: z.uuid(),
        email: z.string().nullable(),
        address: z.string().nullable().meta({ description: 'The wallet they signed in with.' }),
        operator: z.boolean().meta({ description: 'Whether the desk is open to them.' }),
      })
      .nullable(),
  })
  .meta({ id: 'Me' })

/** The account: who is asking. */
export const accountPaths: ZodOpenApiPathsObject = {
  '/api/v1/me': {
    get: {
      operationId: 'getMe',
      tags: ['Account'],
      summary: 'Ask who you are',
      description: 'The person behind the token or the session’s cookie; `user` is null for a guest.',
      security: [...openToAll, ...asPerson],
      responses: {
        '200': answer('Who is asking.', Me, {
          user: {
            id: '0b6b1f0a-3f6c-4f0e-9c1e-7a5d2f8e4c31',
            email: 'ada@example.com',
            address: null,
            operator: false,
          },
        }),
        ...problems('internal_error', 'sign_in_unavailable'),
      },
    },
  },
}
