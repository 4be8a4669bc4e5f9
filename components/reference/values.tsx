'use client'

import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react'
import { useOptions } from '#components/onramp/use-options.ts'

/** What the calls of the page have in common: where they go, and what an earlier one has told. */
export type Values = {
  /** The page's own site; one of the documents until the browser has said which it is. */
  origin: string
  asset: string
  network: string
  sessionId: string
  secret: string
  receiptId: string
}

export type Language = 'curl' | 'typescript' | 'python'

type Shared = {
  values: Values
  /** Keeps what the answer of an operation tells that another one asks for. */
  learn: (operation: string, body: unknown) => void
  language: Language
  setLanguage: (language: Language) => void
}

const unknown: Values = {
  origin: 'https://causeway.example',
  asset: 'MUSD',
  network: 'mezo',
  sessionId: '',
  secret: '',
  receiptId: '',
}

const SharedValues = createContext<Shared | null>(null)

/** Gives the consoles of a page what they share. */
export function ReferenceValues({ children }: { children: ReactNode }) {
  const { options } = useOptions()
  const [origin, setOrigin] = useState(unknown.origin)
  const [learned, setLearned] = useState<Partial<Values>>({})
  const [language, setLanguage] = useState<Language>('curl')
  useEffect(() => setOrigin(window.location.origin), [])

  const learn = useCallback((operation: string, body: unknown) => {
    const told = toldBy(operation, body)
    if (told) setLearned((known) => ({ ...known, ...told }))
  }, [])
  const pair = options?.pairs[0]
  const shared = useMemo(
    () => ({
      values: { ...unknown, ...(pair ? { asset: pair.asset, network: pair.network } : {}), ...learned, origin },
      learn,
      language,
      setLanguage,
    }),
    [pair, learned, origin, learn, language],
  )
  return <SharedValues value={shared}>{children}</SharedValues>
}

/** What the consoles share. */
export function useShared(): Shared {
  const shared = useContext(SharedValues)
  if (!shared) throw new Error('A console stands inside ReferenceValues.')
  return shared
}

function toldBy(operation: string, body: unknown): Partial<Values> | undefined {
  if (typeof body !== 'object' || body === null) return undefined
  const text = (name: string) => {
    const value: unknown = Reflect.get(body, name)
    return typeof value === 'string' ? value : ''
  }
  if (operation === 'createOnrampSession' && text('secret')) {
    return { sessionId: text('id'), secret: text('secret'), receiptId: '' }
  }
  const receiptId = /\/receipts\/([0-9a-f-]{36})/.exec(text('receiptUrl'))?.[1]
  return operation === 'getOnrampSession' && receiptId ? { receiptId } : undefined
}
