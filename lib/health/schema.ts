import { z } from 'zod'
import { networkNames } from '#lib/money/assets.ts'

const Status = z.enum(['ok', 'degraded', 'down']).meta({
  description: 'degraded: it works, and somebody should look. down: whatever needs it does not work.',
})
const milliseconds = z.number().int().meta({ description: 'How long the look took.' })
const count = (description: string) => z.number().int().nullable().meta({ description })
const units = (description: string) =>
  z
    .string()
    .regex(/^\d+$/)
    .meta({ description: `${description} In base units.` })
const networkName = z.enum(networkNames).meta({ description: 'The network it is on.' })

const Database = z.object({ status: Status, milliseconds }).meta({ description: 'Whether it answers.' })

const Queue = z
  .object({
    status: Status,
    milliseconds,
    waiting: count('Jobs that are due and that nobody works on.'),
    failed: count('Jobs that were given up.'),
    lagSeconds: count('How late the oldest of the waiting is.'),
  })
  .meta({ description: 'Whether what was begun goes on. A number that could not be measured is null.' })

const Chain = z.object({
  status: Status,
  milliseconds,
  head: z.string().nullable().meta({ description: 'The number of the newest block; null when no node tells.' }),
  ageSeconds: count('How long ago it was made.'),
})

const Holding = z.object({
  asset: z.string().meta({ description: 'The code of the asset.' }),
  network: networkName,
  amount: units('What is there.'),
  low: units('Below this it is short.'),
})

const Treasury = z
  .object({
    status: Status,
    milliseconds,
    network: networkName.nullable(),
    native: units('What it has for gas.').nullable(),
    nativeLow: units('Below this it is short of gas.').nullable(),
    assets: z.array(Holding).meta({ description: 'What it holds. Nothing when it could not be read.' }),
  })
  .nullable()
  .meta({ description: 'What MUSD is sent from; null where none is sold.' })

const Rates = z
  .object({
    status: Status,
    milliseconds,
    pairs: count('How many prices are followed.'),
    fresh: count('How many of them are fresh, so that a quote can stand on them.'),
    held: count('What a source says and is not believed.'),
    ageSeconds: count('How old the oldest of the newest prices is.'),
  })
  .meta({ description: 'Whether there are prices. A number that could not be measured, or that nothing has, is null.' })

const Stream = z
  .object({
    status: Status,
    milliseconds,
    waiting: count('Messages that no broker took yet.').optional(),
    lagSeconds: count('How long the oldest of them waits.').optional(),
  })
  .nullable()
  .meta({ description: 'Whether what happens leaves for the brokers; null where none are configured.' })

const Provider = z.object({ status: Status, milliseconds }).meta({ description: 'Whether it answers us.' })

/** The answer of `GET /api/health?deep=1`. */
export const DeepHealth = z.object({
  status: Status,
  at: z.iso.datetime().meta({ description: 'When it was looked at. With `deep`, up to ten seconds ago.' }),
  checks: z
    .object({
      database: Database,
      queue: Queue,
      chain: z
        .partialRecord(z.enum(networkNames), Chain)
        .meta({ description: 'By network: each that something is sold or paid on.' }),
      rates: Rates,
      stream: Stream,
      treasury: Treasury,
      providers: z.object({ stripe: Provider, supabase: Provider, circle: Provider.nullable() }).meta({
        description:
          'Who takes the payments, who signs people in, and who keeps agents’ wallets; null where nobody does.',
      }),
    })
    .meta({ description: 'Each part, as it was measured.' }),
})
export type DeepHealth = z.infer<typeof DeepHealth>

/** The answer of `GET /api/health`, with and without `deep`. */
export const Health = DeepHealth.partial({ checks: true }).meta({ id: 'Health' })
