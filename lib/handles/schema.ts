import { z } from 'zod'

const handle = z
  .string('is a handle')
  .toLowerCase()
  .regex(
    /^[a-z][a-z0-9_]{2,19}$/,
    'has 3 to 20 of the letters a to z, digits and underscores, and begins with a letter',
  )
  .meta({ description: 'The name under which others may pay you, without its @.', example: 'ada' })

export const Handle = z
  .object({
    handle,
    walletId: z.uuid().meta({ description: 'The wallet that it is paid into.' }),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'Handle' })
export type Handle = z.infer<typeof Handle>

/** PUT /handles/:handle */
export const ClaimHandleInput = z.strictObject({
  handle,
  walletId: z.uuid('is the id of a wallet').meta({ description: 'One of your wallets, to be paid into.' }),
})
export type ClaimHandleInput = z.input<typeof ClaimHandleInput>
