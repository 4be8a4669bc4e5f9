import { z } from 'zod'
import { GuardResult, SimulationRequest } from '#lib/intents/schema.ts'
import { InvalidAddress, parseAddress } from '#lib/rails/chain/address.ts'

const dollars = (description: string) =>
  z
    .string('is an amount of dollars in a text, such as "10.00"')
    .regex(/^(0|[1-9]\d{0,11})(\.\d{1,6})?$/, 'is an amount of dollars in a text, such as "10.00"')
    .meta({ description, example: '10.00' })
const count = (max: number, description: string) =>
  z.int('is a whole number').min(1, 'is 1 at least').max(max, `is ${max} at most`).meta({ description })
const oneOf = <const Values extends readonly [string, ...string[]]>(values: Values, description: string) =>
  z.enum(values, { error: `is one of ${values.join(', ')}` }).meta({ description })
const time = (form: RegExp, description: string) =>
  z.string().regex(form, 'is a time such as "09:00"').meta({ description, example: '09:00' })

/** Compared canonically: written as it likes, stored in small letters. */
const address = z
  .string('is an address')
  .transform((text, context) => {
    try {
      return parseAddress(text).toLowerCase()
    } catch (error) {
      if (!(error instanceof InvalidAddress)) throw error
      context.addIssue({ code: 'custom', message: error.message, params: { code: 'invalid_address' } })
      return z.NEVER
    }
  })
  .meta({ example: '0x90F79bf6EB2c4f870365E785982E1f101E93b906', override: { type: 'string' } })

const domain = z
  .string('is a host such as shop.example')
  .max(253, 'is a host such as shop.example')
  .toLowerCase()
  .regex(/^([a-z0-9-]+\.)+[a-z]{2,}$/, 'is a host such as shop.example')
  .meta({ example: 'shop.example', override: { type: 'string', maxLength: 253 } })

const budget = z.strictObject({
  type: z.literal('budget'),
  period: oneOf(
    ['hour', 'day', 'week', 'month', 'total'],
    'How long it is for. Weeks begin on Monday; total never ends.',
  ),
  limit: dollars('The most that may be spent: what is spent, what is held and the payment together.'),
  window: oneOf(
    ['fixed', 'rolling'],
    'fixed begins anew with each UTC hour, day, week or month; rolling looks back 60 minutes, 24 hours, 7 or 30 days.',
  ).optional(),
})

const rate = z.strictObject({
  type: z.literal('rate'),
  period: oneOf(['minute', 'hour', 'day'], 'The UTC minute, hour or day.'),
  limit: count(999_999, 'How many payments there may be in it.'),
})

const singlePayment = z
  .strictObject({
    type: z.literal('single_payment'),
    min: dollars('The least that one payment may be.').optional(),
    max: dollars('The most that one payment may be.').optional(),
  })
  .refine(({ min, max }) => min !== undefined || max !== undefined, 'A single_payment guard has a min, a max or both.')

const recipients = z
  .strictObject({
    type: z.literal('recipients'),
    mode: oneOf(['allow', 'block'], 'allow: these and nobody else. block: anybody but these.'),
    addresses: z.array(address).min(1, 'names one at least').max(500, 'names 500 at most').optional(),
    domains: z
      .array(domain)
      .min(1, 'names one at least')
      .max(500, 'names 500 at most')
      .optional()
      .meta({ description: 'Hosts of saved contacts, each with all hosts below it.' }),
  })
  .refine(
    ({ addresses, domains }) => addresses !== undefined || domains !== undefined,
    'A recipients guard has addresses, domains or both.',
  )

const approval = z.strictObject({
  type: z.literal('approval'),
  threshold: dollars('From this amount on, a person is asked; 0 asks always.'),
})

const newRecipient = z
  .strictObject({
    type: z.literal('new_recipient'),
    action: oneOf(['ask', 'wait'], 'What the first payment to somebody meets: a question, or a delay.'),
    waitMinutes: count(9999, 'How long it waits before it moves, where it waits.').optional(),
  })
  .refine(
    ({ action, waitMinutes }) => (action === 'wait') === (waitMinutes !== undefined),
    'A new_recipient guard has waitMinutes where its action is wait, and only there.',
  )

const duplicate = z.strictObject({
  type: z.literal('duplicate'),
  minutes: count(9999, 'The same recipient and amount within so many minutes asks a person.'),
})

const hours = z
  .strictObject({
    type: z.literal('hours'),
    from: time(/^([01]\d|2[0-3]):[0-5]\d$/, 'When it may begin to pay.'),
    to: time(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'Until when. Earlier than from, it is that of the next day.'),
    days: z
      .array(
        z
          .int('is a day from 1, Monday, to 7')
          .min(1, 'is a day from 1, Monday, to 7')
          .max(7, 'is a day from 1, Monday, to 7'),
      )
      .min(1, 'names one at least')
      .max(7, 'names seven at most')
      .optional()
      .meta({
        description: 'On which days it begins, from 1, Monday, to 7. Every day without it.',
        example: [1, 2, 3, 4, 5],
      }),
    zone: z
      .string('is a time zone such as Europe/Berlin')
      .min(1, 'is a time zone such as Europe/Berlin')
      .max(60, 'is a time zone such as Europe/Berlin')
      .optional()
      .meta({ description: 'Whose clocks: a name of the IANA time zones. UTC without it.', example: 'Europe/Berlin' }),
  })
  .refine(({ from, to }) => from !== to, 'Hours end at another time than they begin.')

const screening = z.strictObject({ type: z.literal('screening') })

export const Guard = z
  .discriminatedUnion(
    'type',
    [budget, rate, singlePayment, recipients, approval, newRecipient, duplicate, hours, screening],
    'is a guard of a type that docs/guards.md describes',
  )
  .meta({ id: 'Guard', description: 'One rule. docs/guards.md says what each type does at its very limit.' })
export type Guard = z.output<typeof Guard>

const guards = z.array(Guard, 'is a list of guards').max(50, 'has 50 guards at most').meta({
  description:
    'All guards. Each is asked; one that refuses outweighs those that ask. None at all asks a person always.',
})

/** PUT /agents/:id/guards, PUT /guards */
export const SetGuardsInput = z.strictObject({
  guards,
  version: z.int('is a whole number').min(0, 'is 0 at least').optional().meta({
    description: 'The version that you looked at, 0 for none: refused when others were saved meanwhile.',
    example: 3,
  }),
})
export type SetGuardsInput = z.input<typeof SetGuardsInput>

export const GuardSet = z
  .object({
    version: z.int().meta({ description: 'Counts every change; 0 when none were ever set.', example: 3 }),
    guards,
    setAt: z.iso.datetime().nullable().meta({ description: 'When they were set; null when never.' }),
  })
  .meta({ id: 'GuardSet' })
export type GuardSet = z.output<typeof GuardSet>

/** POST …/guards/simulation */
export const TryGuardsInput = z.strictObject({ guards, payment: SimulationRequest })
export type TryGuardsInput = z.input<typeof TryGuardsInput>

const verdict = z.enum(['approved', 'needs_approval', 'denied'])
export type Verdict = z.infer<typeof verdict>

export const GuardTrial = z
  .object({
    status: verdict.meta({ description: 'What would become of it by these guards.' }),
    saved: verdict.meta({ description: 'What becomes of it by the guards that hold now.' }),
    heldBack: z.string().nullable().meta({
      description: 'Why it could not be paid whatever the guards say: a frozen agent, too little in the wallet.',
    }),
    recipientAddress: z.string().meta({ example: '0x90F79bf6EB2c4f870365E785982E1f101E93b906' }),
    guardResults: z.array(GuardResult),
  })
  .meta({ id: 'GuardTrial' })
export type GuardTrial = z.infer<typeof GuardTrial>

/** POST …/guards/replay */
export const ReplayGuardsInput = z.strictObject({
  guards,
  limit: z.int('is a whole number').min(1, 'is 1 at least').max(200, 'is 200 at most').default(100).meta({
    description: 'How many of the latest payments are judged again.',
  }),
})
export type ReplayGuardsInput = z.input<typeof ReplayGuardsInput>

const totals = z
  .record(verdict, z.object({ payments: z.int(), dollars: z.string().meta({ example: '120.00' }) }))
  .meta({ description: 'How many payments end as what, and what they come to.' })

export const GuardReplay = z
  .object({
    saved: totals,
    edited: totals,
    payments: z
      .array(
        z.object({
          intentId: z.uuid(),
          agentId: z.uuid().nullable(),
          at: z.string().meta({ description: 'When it was proposed.', example: '2026-11-21T10:00:11Z' }),
          recipient: z.string().meta({ example: 'Merchant' }),
          recipientAddress: z.string().meta({ example: '0x90F79bf6EB2c4f870365E785982E1f101E93b906' }),
          amount: z.string().meta({ example: '10.00' }),
          asset: z.string().meta({ example: 'USDC' }),
          decided: verdict.meta({ description: 'What the guards made of it when it was proposed.' }),
          saved: verdict.meta({ description: 'What those that hold now would have.' }),
          edited: verdict.meta({ description: 'What these would have.' }),
          guardResults: z.array(GuardResult),
        }),
      )
      .meta({ description: 'Newest first.' }),
  })
  .meta({ id: 'GuardReplay' })
export type GuardReplay = z.infer<typeof GuardReplay>

/** POST /guards/policy */
export const PolicyInput = z.strictObject({
  text: z.string('is a text').trim().min(1, 'has to be given').max(2000, 'has at most 2000 characters').meta({
    description: 'What you want, in your own words.',
    example: 'At most $100 a day. Ask me above $25 and before paying anybody new.',
  }),
})

export const PolicyReading = z
  .object({
    by: z.enum(['parser', 'model']).meta({ description: 'Who read it. Nothing is saved by reading.' }),
    understood: z.array(
      z.object({ text: z.string().meta({ description: 'The words it was read from.' }), guard: Guard }),
    ),
    notUnderstood: z.array(z.string()).meta({ description: 'The words that became no guard.' }),
  })
  .meta({ id: 'PolicyReading' })
export type PolicyReading = z.output<typeof PolicyReading>
