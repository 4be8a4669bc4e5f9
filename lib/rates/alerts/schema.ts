import { z } from 'zod'
import { PageInput } from '#lib/http/page.ts'
import { PairInput } from '#lib/rates/schema.ts'

const instant = (description: string) => z.iso.datetime().meta({ description })
const { base, quote } = PairInput.shape

export const rateAlertStatuses = ['armed', 'triggered', 'told', 'failed', 'cancelled'] as const
const status = z.enum(rateAlertStatuses).meta({
  id: 'RateAlertStatus',
  description:
    'armed waits for the price. triggered: the price was there, and you are being told. told, failed (nobody took it) and cancelled are final.',
})

export const rateDirections = ['rises_to', 'falls_to'] as const
const direction = z
  .enum(rateDirections, { error: `is one of ${rateDirections.join(', ')}` })
  .meta({ description: 'From which side the price comes: it is at `price` or past it.', example: 'rises_to' })

export const rateChannels = ['email', 'webhook'] as const
const channel = z.enum(rateChannels, { error: `is one of ${rateChannels.join(', ')}` }).meta({
  description:
    'email goes to the confirmed address of your account. webhook posts to `url`, signed as Standard Webhooks has it.',
  example: 'email',
})

/** POST /rates/alerts */
export const CreateRateAlertInput = z
  .strictObject({
    base,
    quote,
    direction,
    price: z
      .string('is a price in a text, such as "60000" or "0.0712"')
      .regex(/^(0|[1-9]\d{0,14})(\.\d{1,24})?$/, 'is a price in a text, such as "60000" or "0.0712"')
      .refine((text) => /[1-9]/.test(text), 'is more than nothing')
      .meta({
        description: 'Where the line is, in whole units of `quote`. The price is not there yet.',
        example: '120000',
      }),
    channel,
    url: z
      .string('is an address such as https://example.com/hook')
      .max(500, 'has at most 500 characters')
      .optional()
      .meta({
        description: 'Where a webhook is posted: HTTPS, on a public address. For no other channel.',
        example: 'https://example.com/hooks/rates',
      }),
  })
  .superRefine(({ channel: by, url }, context) => {
    if ((by === 'webhook') === (url !== undefined)) return
    const message = by === 'webhook' ? 'says where the webhook is posted' : 'is for a webhook; leave it out'
    context.addIssue({ code: 'custom', path: ['url'], message })
  })
export type CreateRateAlertInput = z.input<typeof CreateRateAlertInput>

export const ListRateAlertsInput = PageInput.extend({
  status: z
    .enum(rateAlertStatuses, { error: `is one of ${rateAlertStatuses.join(', ')}` })
    .optional()
    .meta({ description: 'Only those in this status.' }),
})

export const RateAlert = z
  .object({
    id: z.uuid(),
    status,
    base,
    quote,
    direction,
    price: z.string().meta({ description: 'Where the line is.', example: '120000' }),
    channel,
    url: z.string().nullable().meta({ description: 'Where a webhook is posted; null for mail.' }),
    reached: z
      .object({
        price: z.string().meta({ description: 'The price, as it was read.', example: '120014.2' }),
        at: instant('When it held, by its source’s own clock.'),
      })
      .nullable()
      .meta({ description: 'The price that triggered it; null until one does.' }),
    attempts: z
      .array(
        z.object({
          at: instant('When it ended.'),
          failure: z.string().nullable().meta({ description: 'Why it was not taken; null when it was.' }),
        }),
      )
      .meta({
        description: 'How telling went, oldest first. What is not taken is tried again, eight times in 21 hours.',
      }),
    nextAttemptAt: instant('When it is tried again, if it is; null otherwise.').nullable(),
    createdAt: instant('When it was made.'),
    endedAt: instant('When it was told, given up or cancelled; null until then.').nullable(),
    events: z.array(
      z.object({
        from: status.nullable(),
        to: status,
        at: instant('When it changed.'),
        actor: z.string().meta({ description: 'Who changed it: account or worker.' }),
      }),
    ),
  })
  .meta({ id: 'RateAlert' })
export type RateAlert = z.infer<typeof RateAlert>

const secret = z.string().meta({
  description: 'What webhooks to this address are signed with. It is shown this once; keep it.',
  example: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
})

/** The answer to whoever makes an alert. */
export const CreatedRateAlert = RateAlert.extend({
  secret: secret.nullable().meta({
    description:
      'What webhooks to this address are signed with, in the answer that makes the first alert for it, and nowhere else. null otherwise: an address keeps its secret until a new one is asked for.',
  }),
}).meta({ id: 'CreatedRateAlert' })
export type CreatedRateAlert = z.infer<typeof CreatedRateAlert>

/** POST /rates/alerts/:id/secret */
export const WebhookSecret = z.object({ secret }).meta({ id: 'WebhookSecret' })
export type WebhookSecret = z.infer<typeof WebhookSecret>

/** POST /rates/alerts/:id/test */
export const WebhookTest = z
  .object({
    taken: z.boolean().meta({ description: 'Whether it was answered with a 2xx.' }),
    detail: z.string().meta({ description: 'How it went, in words.', example: 'It answered 204.' }),
  })
  .meta({ id: 'WebhookTest' })
export type WebhookTest = z.infer<typeof WebhookTest>

/** The body of a webhook, as Standard Webhooks has it. */
export const RateAlertWebhook = z
  .object({
    type: z.enum(['rate_alert.triggered', 'rate_alert.test']),
    timestamp: instant('When the price reached the line; of a test, when it was sent.'),
    data: RateAlert.pick({ id: true, base: true, quote: true, direction: true, price: true, reached: true }),
  })
  .meta({ id: 'RateAlertWebhook' })
export type RateAlertWebhook = z.infer<typeof RateAlertWebhook>
