import { z } from 'zod'

const topic = z.string().min(1)
const id = z.union([z.number(), z.string()])
/** Seconds; five minutes where the client leaves it out. */
const ttl = z.number().positive().default(300)

/** What a client asks of the relay. Fields this one has no use for are let through unseen. */
export const RelayRequest = z.discriminatedUnion('method', [
  z.object({ id, method: z.literal('irn_subscribe'), params: z.object({ topic }) }),
  z.object({ id, method: z.literal('irn_batchSubscribe'), params: z.object({ topics: z.array(topic) }) }),
  z.object({ id, method: z.literal('irn_unsubscribe'), params: z.object({ topic }) }),
  z.object({
    id,
    method: z.literal('irn_batchUnsubscribe'),
    params: z.object({ subscriptions: z.array(z.object({ topic })) }),
  }),
  z.object({ id, method: z.literal('irn_fetchMessages'), params: z.object({ topic }) }),
  z.object({ id, method: z.literal('irn_batchFetchMessages'), params: z.object({ topics: z.array(topic) }) }),
  z.object({
    id,
    method: z.literal('irn_publish'),
    params: z.object({ topic, message: z.string(), ttl, tag: z.number().default(0) }),
  }),
  z.object({
    id,
    method: z.literal('wc_proposeSession'),
    params: z.object({ pairingTopic: topic, sessionProposal: z.string(), ttl }),
  }),
  z.object({
    id,
    method: z.literal('wc_approveSession'),
    params: z.object({
      pairingTopic: topic,
      sessionTopic: topic,
      sessionProposalResponse: z.string(),
      sessionSettlementRequest: z.string(),
      ttl,
    }),
  }),
])

export type RelayRequest = z.infer<typeof RelayRequest>

/** A client's word that it has a delivery. */
export const Confirmation = z.object({ id: z.number(), result: z.unknown(), method: z.undefined().optional() })
