import { z } from 'zod'
import { line } from '#lib/http/line.ts'

export const Profile = z
  .object({
    name: z.string().meta({ description: 'By what name others meet you in the rooms.', example: 'Ada' }),
    createdAt: z.iso.datetime().meta({ description: 'When a name was first given.' }),
  })
  .meta({ id: 'Profile' })
export type Profile = z.infer<typeof Profile>

/** POST /guests, PUT /profile */
export const ProfileInput = z.strictObject({
  name: line(40).meta({
    description: 'By what name others meet you in the rooms.',
    example: 'Ada',
    override: { type: 'string', minLength: 1, maxLength: 40 },
  }),
})
export type ProfileInput = z.input<typeof ProfileInput>
