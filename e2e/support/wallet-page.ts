/** What a browser wallet does inside a page. It is run there as it stands, so it may use nothing from outside of it. */
export function announceWallet({ name, uuid }: { name: string; uuid: string }): void {
  type Request = { method: string; params?: unknown[] }
  type Answer = { result?: unknown; error?: { code: number; message: string }; events: [string, unknown][] }
  const ask = (window as unknown as { causewayTestWallet(request: Request): Promise<Answer> }).causewayTestWallet
  const listeners = new Map<string, Set<(value: unknown) => void>>()

  const provider = {
    async request(request: Request) {
      const { result, error, events } = await ask({ method: request.method, params: request.params ?? [] })
      for (const [event, value] of events) for (const listener of listeners.get(event) ?? []) listener(value)
      if (error) throw Object.assign(new Error(error.message), { code: error.code })
      return result
    },
    on(event: string, listener: (value: unknown) => void) {
      listeners.set(event, (listeners.get(event) ?? new Set()).add(listener))
      return provider
    },
    removeListener(event: string, listener: (value: unknown) => void) {
      listeners.get(event)?.delete(listener)
      return provider
    },
  }

  const icon = 'data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciLz4='
  const info = Object.freeze({ uuid, name, icon, rdns: 'test.causeway.wallet' })
  const detail = Object.freeze({ info, provider })
  const announce = () => window.dispatchEvent(new CustomEvent('eip6963:announceProvider', { detail }))
  window.addEventListener('eip6963:requestProvider', announce)
  announce()
}
