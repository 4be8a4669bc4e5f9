import { z } from 'zod'
import { line } from '#lib/http/line.ts'
import { walletAddress } from '#lib/wallets/schema.ts'

const host = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/

export const Contact = z
  .object({
    id: z.uuid(),
    name: z.string().meta({ example: 'Merchant' }),
    address: z.string().meta({ example: '0x90F79bf6EB2c4f870365E785982E1f101E93b906' }),
    domain: z.string().nullable().meta({
      description: 'The host that you know them under, for guards that name domains.',
      example: 'shop.example',
    }),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'Contact' })
export type Contact = z.infer<typeof Contact>

/** POST /contacts */
export const SaveContactInput = z.strictObject({
  name: line(60)
    .refine((name) => !/^(0x|@)/i.test(name), 'does not begin like an address or a handle')
    .meta({
      description: 'What you call them. No two of your contacts have the same name.',
      example: 'Merchant',
      override: { type: 'string', minLength: 1, maxLength: 60 },
    }),
  address: walletAddress,
  domain: z
    .string('is a host, such as shop.example')
    .toLowerCase()
    .regex(host, 'is a host, such as shop.example')
    .nullish()
    .meta({ description: 'The host that you know them under, for guards that name domains.', example: 'shop.example' }),
})
export type SaveContactInput = z.input<typeof SaveContactInput>
