import { describe, expect, test } from 'vitest'
import { contentSecurityPolicy, type PolicyInput } from '#lib/http/csp/policy.ts'

const input: PolicyInput = {
  inline: ["'nonce-abc'"],
  appUrl: 'https://causeway.example',
  rpcUrls: ['https://rpc.test.mezo.org/v1?key=secret', 'https://rpc.test.mezo.org/other'],
  walletConnect: { relayUrl: null },
  development: false,
}

const directives = (changes: Partial<PolicyInput> = {}): Record<string, string[]> =>
  Object.fromEntries(
    contentSecurityPolicy({ ...input, ...changes })
      .split('; ')
      .map((text) => text.split(' '))
      .map(([name = '', ...sources]) => [name, sources]),
  )

describe('a page’s policy', () => {
  test('runs its own scripts, those named, and Stripe’s', () => {
    expect(directives()['script-src']).toEqual([
      "'self'",
      "'nonce-abc'",
      'https://js.stripe.com',
      'https://*.js.stripe.com',
      'https://crypto-js.stripe.com',
    ])
  })

  test('never lets a script be inline or evaluated in production', () => {
    const { 'script-src': scripts, 'script-src-attr': attributes, 'default-src': others } = directives()
    expect([scripts, attributes, others].flat()).not.toEqual(expect.arrayContaining(["'unsafe-inline'"]))
    expect(contentSecurityPolicy(input)).not.toContain('unsafe-eval')
  })

  test('connects to the configured nodes by origin, once each, and never tells their path', () => {
    const { 'connect-src': connect } = directives()
    expect(connect?.filter((source) => source.includes('mezo'))).toEqual(['https://rpc.test.mezo.org'])
    expect(contentSecurityPolicy(input)).not.toContain('secret')
  })

  test('connects to the relay of our own in place of the public one', () => {
    expect(directives()['connect-src']).toContain('wss://relay.walletconnect.org')
    const own = directives({ walletConnect: { relayUrl: 'ws://127.0.0.1:4050/relay' } })['connect-src']
    expect(own).toContain('ws://127.0.0.1:4050')
    expect(own).not.toContain('wss://relay.walletconnect.org')
  })

  test('knows no WalletConnect where it is not offered', () => {
    expect(contentSecurityPolicy({ ...input, walletConnect: null })).not.toMatch(/walletconnect|web3modal/)
  })

  test('may be framed by nobody, and has no base, no plug-ins and no foreign form', () => {
    expect(directives()).toMatchObject({
      'frame-ancestors': ["'none'"],
      'base-uri': ["'none'"],
      'object-src': ["'none'"],
      'form-action': ["'self'"],
    })
  })

  test('made for the frames of other sites may be framed by all, and reaches nobody else', () => {
    const embedded = directives({ embedded: true })
    expect(embedded['frame-ancestors']).toEqual(['*'])
    expect(embedded['script-src']).toEqual(["'self'", "'nonce-abc'"])
    expect(embedded['connect-src']).toEqual(["'self'"])
    expect(embedded['frame-src']).toEqual(["'none'"])
    expect(embedded['form-action']).toEqual(["'self'"])
    expect(contentSecurityPolicy({ ...input, embedded: true })).not.toMatch(/stripe|link\.com|walletconnect|mezo/)
  })

  test('asks for https only where the app itself has it', () => {
    expect(directives()).toHaveProperty('upgrade-insecure-requests')
    expect(directives({ appUrl: 'http://localhost:3000' })).not.toHaveProperty('upgrade-insecure-requests')
  })
})
