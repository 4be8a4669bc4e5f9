import type { Deliverer } from '#sandbox/http/deliveries.ts'

import { newId, nowInSeconds, type State, type StripeEvent } from '#sandbox/stripe/state.ts'

export const apiVersion = '2026-10-28.endive'

/** What a change is told about: the object after it, and what of it was different before. */
export type Happening = { type: string; object: { id: string }; previous?: Record<string, unknown> }

export type Emit = (happening: Happening) => StripeEvent

/** Records an event and plans its webhook. Call it inside the batch that changes the object. */
export function createEmit(state: State, deliverer: Deliverer): Emit {
  return ({ type, object, previous }) => {
    const event: StripeEvent = {
      id: newId('evt_1', 12),
      object: 'event',
      api_version: apiVersion,
      created: nowInSeconds(),
      data: { object, ...(previous === undefined ? {} : { previous_attributes: previous }) },
      livemode: false,
      pending_webhooks: 1,
      request: { id: null, idempotency_key: null },
      type,
    }
    state.events.put(event.id, event)
    deliverer.send(outgoing(event))
    return event
  }
}

export function outgoing(event: StripeEvent) {
  const { object } = event.data
  const objectId = typeof object === 'object' && object !== null && 'id' in object ? String(object.id) : event.id
  return { eventId: event.id, type: event.type, objectId, body: JSON.stringify(event, null, 2) }
}
