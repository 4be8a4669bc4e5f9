import { z } from 'zod'

/** The header that a POST which makes something needs. */
export const idempotencyKeyHeader = z.object({
  'Idempotency-Key': z.string().min(1).max(255).meta({
    description: 'A value you make and keep, such as a UUID, in visible ASCII. A repeat with it is done once.',
    example: '5f0c7a52-3d2e-4b1c-9a77-2f6f0f1f8a10',
  }),
})

/** The header of a caller who watches. */
export const ifNoneMatchHeader = z.object({
  'If-None-Match': z.string().optional().meta({ description: 'The ETag of the answer you have.' }),
})

/** The id in a path. */
export const idOf = (what: string, example: string) =>
  z.object({ id: z.uuid().meta({ description: `The id of the ${what}.`, example }) })
