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

const email = z.string('is a text').max(254, 'has at most 254 characters').meta({
  description: 'An address of yours that has no account here.',
  example: 'ada@example.com',
})

/** POST /profile/email */
export const AddEmailInput = z.strictObject({ email })
export type AddEmailInput = z.input<typeof AddEmailInput>

/** POST /profile/email/confirmation */
export const ConfirmEmailInput = z.strictObject({
  email,
  code: z
    .string('is a text')
    .max(40, 'has at most 40 characters')
    .meta({ description: 'The digits in the email.', example: '123456' }),
})
export type ConfirmEmailInput = z.input<typeof ConfirmEmailInput>

export const AccountEmail = z
  .object({ email: z.string().meta({ description: 'The address.', example: 'ada@example.com' }) })
  .meta({ id: 'AccountEmail' })
export type AccountEmail = z.infer<typeof AccountEmail>
