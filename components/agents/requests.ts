type Wanted<Method extends string> = { method: Method; path: string; body?: unknown }

/** Stops an agent. */
export function freezeRequest(id: string): Wanted<'POST'> {
  return { method: 'POST', path: `/api/v1/agents/${id}/freeze` }
}

/** Lets an agent pay again. */
export function thawRequest(id: string): Wanted<'DELETE'> {
  return { method: 'DELETE', path: `/api/v1/agents/${id}/freeze` }
}
