'use client'

import { useCallback, useState } from 'react'
import type { SampleRequest } from '#components/reference/samples/request.ts'

export type Answer = {
  status: number
  statusText: string
  milliseconds: number
  headers: [name: string, value: string][]
  text: string
}

export type Call = { state: 'idle' | 'running' } | { state: 'answered'; answer: Answer } | { state: 'unreachable' }

/** Sends a request to this site and keeps its answer. */
export function useCall(onAnswer: (body: unknown) => void): { call: Call; send: (request: SampleRequest) => void } {
  const [call, setCall] = useState<Call>({ state: 'idle' })
  const send = useCallback(
    (request: SampleRequest) => {
      setCall({ state: 'running' })
      ask(request).then(
        (answer) => {
          setCall({ state: 'answered', answer })
          onAnswer(jsonOf(answer.text))
        },
        () => setCall({ state: 'unreachable' }),
      )
    },
    [onAnswer],
  )
  return { call, send }
}

async function ask({ method, url, query, headers, body }: SampleRequest): Promise<Answer> {
  const start = performance.now()
  const response = await fetch(query.length > 0 ? `${url}?${new URLSearchParams(query)}` : url, {
    method,
    headers,
    body,
    cache: 'no-store',
  })
  const text = await response.text()
  return {
    status: response.status,
    statusText: response.statusText,
    milliseconds: Math.round(performance.now() - start),
    headers: [...response.headers],
    text: indented(text),
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function indented(text: string): string {
  const value = jsonOf(text)
  return value === undefined ? text : JSON.stringify(value, null, 2)
}
