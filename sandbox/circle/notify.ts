import { createSign, randomUUID } from 'node:crypto'

import { fixedId, nowText } from '#sandbox/circle/ids.ts'
import type { Notification, State } from '#sandbox/circle/state.ts'
import type { Deliverer } from '#sandbox/http/deliveries.ts'

/** The id under which the signing key is published. */
export const keyId = fixedId('notification key')

export type Notify = (type: string, notification: { id: string }) => void

/** Records a notification and plans its sending. Call it inside the batch that changes the object. */
export function createNotify(state: State, deliverer: Deliverer): Notify {
  return (notificationType, notification) => {
    const id = randomUUID()
    const body = JSON.stringify({
      subscriptionId: fixedId('subscription'),
      notificationId: id,
      notificationType,
      notification,
      timestamp: nowText(),
      version: 2,
    })
    const kept: Notification = { id, type: notificationType, objectId: notification.id, body }
    state.notifications.put(id, kept)
    deliverer.send(outgoing(kept))
  }
}

export const outgoing = ({ id, type, objectId, body }: Notification) => ({ eventId: id, type, objectId, body })

/** ECDSA over SHA-256 of the raw body, DER in base64. */
export function notificationHeaders(body: string, privateKey: string): Record<string, string> {
  return {
    'x-circle-signature': createSign('sha256').update(body).sign(privateKey, 'base64'),
    'x-circle-key-id': keyId,
  }
}
