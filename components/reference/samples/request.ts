/** A request as a sample shows it and as it is sent. */
export type SampleRequest = {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Without its query. */
  url: string
  query: [name: string, value: string][]
  headers: [name: string, value: string][]
  body: string | null
  /** What the answer's body is, so that a sample reads it rightly. */
  answers: 'json' | 'text' | 'nothing'
}

/** The body as a value, for languages that write one; undefined for a text that is no JSON, which is sent as it is. */
export function bodyValue(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}
