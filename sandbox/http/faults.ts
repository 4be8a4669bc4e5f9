import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { Hono, type MiddlewareHandler } from 'hono'
import { z } from 'zod'

import type { NodeEnvironment } from '#sandbox/http/serve.ts'

const states = ['STUCK', 'DENIED', 'FAILED'] as const

const switchOrCount = z.union([z.boolean(), z.number().int().min(0)])

const FaultInput = z.strictObject({
  /** Send each webhook this many times more (true: once more). */
  duplicate: switchOrCount.optional(),
  /** Hold webhooks until no new one came for a while, then send them last first. */
  reorder: z.boolean().optional(),
  /** Send each webhook this much later. */
  delayMs: z.number().int().min(0).max(3_600_000).optional(),
  /** Never send a webhook (true: any; a number: the next so many). It stays in the list of events. */
  drop: switchOrCount.optional(),
  /** Answer API calls with this status and do nothing. 0 does the work, then drops the connection unanswered. */
  status: z.union([z.literal(0), z.number().int().min(400).max(599)]).nullish(),
  /** Let the next transaction end, or stay, in this state (Circle's only). */
  transactionState: z.enum(states).nullish(),
  /** Spare API calls whose `METHOD /path` does not start so. */
  path: z.string().optional(),
  /** How often each fault given here applies. Left out: once for `status` and `transactionState`, always for the others. */
  times: z.number().int().min(1).optional(),
})

type Kind = 'duplicate' | 'reorder' | 'delayMs' | 'drop' | 'status' | 'transactionState'
type Fault = { value: number; text?: string; left: number | null }
type Faults = Partial<Record<Kind, Fault>>

export type FaultBox = {
  /** Takes one use of a webhook fault. 0 when it is not set. */
  take: (kind: Exclude<Kind, 'status' | 'transactionState'>) => number
  /** Takes the state that the next transaction is to have. */
  takeTransactionState: () => (typeof states)[number] | undefined
  /** GET, POST and DELETE of the faults. */
  routes: Hono<NodeEnvironment>
  /** Goes before the API's routes. `refuse` answers in the provider's own form. */
  middleware: (refuse: (status: number) => Response) => MiddlewareHandler<NodeEnvironment>
}

/** The faults of one stand-in. They do not outlive the process. */
export function createFaults(): FaultBox {
  let faults: Faults = {}

  const use = (kind: Kind): Fault | undefined => {
    const fault = faults[kind]
    if (fault?.left != null) {
      fault.left -= 1
      if (fault.left <= 0) delete faults[kind]
    }
    return fault
  }

  const routes = new Hono<NodeEnvironment>()
  routes.get('/', (c) => c.json({ faults }))
  routes.delete('/', (c) => {
    faults = {}
    return c.json({ faults })
  })
  routes.post('/', async (c) => {
    const input = FaultInput.safeParse(await c.req.json().catch(() => undefined))
    if (!input.success) return c.json({ error: { message: z.prettifyError(input.error) } }, 400)
    faults = withInput(faults, input.data)
    return c.json({ faults })
  })

  return {
    take: (kind) => use(kind)?.value ?? 0,
    takeTransactionState: () => {
      const text = use('transactionState')?.text
      return states.find((state) => state === text)
    },
    routes,
    middleware: (refuse) => async (c, next) => {
      if (!`${c.req.method} ${c.req.path}`.startsWith(faults.status?.text ?? '')) return next()
      const status = use('status')?.value
      if (status === undefined) return next()
      if (status !== 0) return refuse(status)
      await next()
      c.env.incoming.socket.destroy()
      c.res = RESPONSE_ALREADY_SENT
    },
  }
}

/** A fault given again replaces the old one; 0, false or a null status takes it away; what is not given stays. */
function withInput(current: Faults, input: z.infer<typeof FaultInput>): Faults {
  const next = { ...current }
  const set = (kind: Kind, value: number | boolean | undefined, left = input.times ?? null) => {
    if (value === undefined) return
    delete next[kind]
    if (value) next[kind] = { value: Number(value), left }
  }
  set('duplicate', input.duplicate)
  set('reorder', input.reorder)
  set('delayMs', input.delayMs)
  set('drop', input.drop, typeof input.drop === 'number' ? input.drop : undefined)
  if (input.status !== undefined) {
    delete next.status
    if (input.status !== null) next.status = { value: input.status, text: input.path ?? '', left: input.times ?? 1 }
  }
  if (input.transactionState !== undefined) {
    delete next.transactionState
    if (input.transactionState) {
      next.transactionState = { value: 1, text: input.transactionState, left: input.times ?? 1 }
    }
  }
  return next
}
