import { expect, test } from 'vitest'
import { cause, originOf } from '#lib/telemetry/cause.ts'
import { currentTrace, unixSeconds, withContext } from '#lib/telemetry/context.ts'

// Where nobody takes traces, OpenTelemetry makes none, and the log is followed by their ids all the same.

test('a job goes on under the id of the trace that caused it, not sampled', () => {
  withContext({ requestId: 'request-1' }, () => {
    const { traceparent, since, requestId } = cause()
    const { traceId } = currentTrace() ?? {}
    expect(traceparent).toMatch(new RegExp(`^00-${traceId}-[0-9a-f]{16}-00$`))
    expect(originOf({ cause: { traceparent, since: Number(since), requestId } })).toMatchObject({
      atHand: { traceId, since: Number(since) },
      requestId: 'request-1',
      links: [],
    })
  })
})

test('one that comes a quarter of an hour later begins its own', () => {
  withContext({}, () => {
    const { traceparent } = cause()
    const origin = originOf({ cause: { traceparent, since: unixSeconds() - 900 } })
    expect(origin.atHand).toBeUndefined()
    expect(origin.links).toMatchObject([{ context: { traceId: currentTrace()?.traceId } }])
  })
})

test('outside of a request or a job nothing is known', () => {
  expect(cause()).toEqual({ traceparent: '', since: '', requestId: '' })
})
