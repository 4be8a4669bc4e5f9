import { z } from 'zod'
import { networkNames } from '#lib/money/assets.ts'

const Status = z.enum(['ok', 'degraded', 'down']).meta({
  description: 'degraded: it works, and somebody should look. down: whatever needs it does not work.',
})
const milliseconds = z.number().int().meta({ description: 'How long the look took.' })
const Provider = z.object({ status: Status, milliseconds })
const units = z.string().regex(/^\d+$/)

/** The answer of `GET /api/health?deep=1`. */
export const DeepHealth = z.object({
  status: Status,
  at: z.iso.datetime().meta({ description: 'When it was looked at: up to ten seconds ago.' }),
  checks: z.object({
    database: z.object({ status: Status, milliseconds }),
    queue: z.object({
      status: Status,
      milliseconds,
      waiting: z.number().int().nullable().meta({ description: 'Jobs that are due and that nobody works on.' }),
      failed: z.number().int().nullable().meta({ description: 'Jobs that were given up.' }),
      lagSeconds: z.number().int().nullable().meta({ description: 'How late the oldest of the waiting is.' }),
    }),
    chain: z
      .partialRecord(
        z.enum(networkNames),
        z.object({
          status: Status,
          milliseconds,
          head: z.string().nullable().meta({ description: 'The number of the newest block.' }),
          ageSeconds: z.number().int().nullable(),
        }),
      )
      .meta({ description: 'By network: each that something is sold or paid on.' }),
    treasury: z
      .object({
        status: Status,
        milliseconds,
        network: z.enum(networkNames).nullable(),
        native: units.nullable().meta({ description: 'What it has for gas, in base units.' }),
        nativeLow: units.nullable(),
        assets: z.array(z.object({ asset: z.string(), network: z.enum(networkNames), amount: units, low: units })),
      })
      .nullable()
      .meta({ description: 'null: there is none, and MUSD is not sold.' }),
    providers: z.object({ stripe: Provider, supabase: Provider }),
  }),
})
export type DeepHealth = z.infer<typeof DeepHealth>
