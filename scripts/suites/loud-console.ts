import { afterEach, beforeEach, vi } from 'vitest'

// A warning nobody expected is a finding. A test that expects one takes the console over: vi.spyOn(console, 'warn').

const said: string[] = []

beforeEach(() => {
  said.length = 0
  for (const method of ['error', 'warn'] as const) {
    vi.spyOn(console, method).mockImplementation((...parts: unknown[]) => {
      said.push(`console.${method}: ${parts.map(String).join(' ')}`)
    })
  }
})

afterEach(() => {
  vi.restoreAllMocks()
  if (said.length > 0)
    throw new Error(`The test passed, but something was said that it did not expect:\n${said.join('\n')}`)
})
