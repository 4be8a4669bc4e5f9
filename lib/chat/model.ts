import { createGoogleGenerativeAI } from '@ai-sdk/google'
import type { LanguageModel } from 'ai'
import type { Reader } from '#lib/chat/schema.ts'
import { env } from '#lib/env.ts'

/** The language model that reads the conversations, where this installation has a key for one; otherwise null, and rules read them. */
export function languageModel(): LanguageModel | null {
  const { GOOGLE_GENERATIVE_AI_API_KEY: apiKey, GOOGLE_GENERATIVE_AI_API_URL: baseURL, CHAT_MODEL } = env()
  if (!apiKey) return null
  return createGoogleGenerativeAI({ apiKey, ...(baseURL ? { baseURL } : {}) })(CHAT_MODEL)
}

/** Who reads the conversations here, for a page to say. */
export function reader(): Reader {
  const { GOOGLE_GENERATIVE_AI_API_KEY: key, CHAT_MODEL: name } = env()
  return key ? { kind: 'model', name } : { kind: 'rules' }
}
