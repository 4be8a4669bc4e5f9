import autocannon from 'autocannon'
import { signedEvents } from '#bench/webhooks/events.ts'

type Load = { url: string; secret: string; connections: number; count: number }

/**
 * Delivers that many new events over that many connections, on each one after the other, and resolves to how many were taken
 * in a second, from the first request to the last answer. Throws when any was answered with anything but a 200.
 */
export function deliver({ url, secret, connections, count }: Load): Promise<number> {
  const events = signedEvents(count, secret)
  // One request more is prepared than is sent.
  const surplus = { body: '', header: '' }
  return new Promise((resolve, reject) => {
    const start = performance.now()
    let end = start
    const requests: autocannon.Request[] = [
      {
        setupRequest: (request) => {
          const { body, header } = events.pop() ?? surplus
          return { ...request, body, headers: { 'content-type': 'application/json', 'stripe-signature': header } }
        },
      },
    ]
    autocannon({ url, connections, amount: count, method: 'POST', requests }, (error, { statusCodeStats, errors }) => {
      const taken = statusCodeStats?.['200']?.count ?? 0
      if (error) reject(error)
      else if (taken === count && errors === 0) resolve((count / (end - start)) * 1000)
      else
        reject(
          new Error(`${url} took ${taken} of ${count} events: ${JSON.stringify(statusCodeStats)}, ${errors} errors.`),
        )
      // autocannon itself looks at its clock only once a second.
    }).on('response', () => {
      end = performance.now()
    })
  })
}
