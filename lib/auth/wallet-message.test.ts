import { createClient } from '@supabase/supabase-js'
import { fromHex, type Hex, isHex } from 'viem'
import { describe, expect, test } from 'vitest'
import { walletMessage, walletNonce, walletStatement } from '#lib/auth/wallet-message.ts'

const address = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8'
const issuedAt = new Date('2026-11-21T10:00:00.000Z')

/** What supabase-js itself asks a wallet to sign. The wallet declines, so nothing is sent anywhere. */
async function messageOfSupabase(origin: string, chainId: number, nonce: string): Promise<string> {
  let asked: Hex = '0x'
  const wallet = {
    address,
    on: () => undefined,
    removeListener: () => undefined,
    async request({ method, params }: { method: string; params?: unknown }) {
      if (method === 'eth_requestAccounts') return [address]
      if (method === 'personal_sign' && Array.isArray(params) && isHex(params[0])) asked = params[0]
      throw new Error('declined')
    },
  }
  const supabase = createClient('http://127.0.0.1:9', 'sb_publishable_test')
  const signingIn = supabase.auth.signInWithWeb3({
    chain: 'ethereum',
    wallet: wallet as never,
    statement: walletStatement,
    options: { url: `${origin}/sign-in`, signInWithEthereum: { chainId, nonce, issuedAt } },
  })
  await expect(signingIn).rejects.toThrow('declined')
  return fromHex(asked, 'string')
}

describe('the message a wallet signs', () => {
  test.each([
    ['https://causeway.example', 31612],
    ['http://localhost:3000', 31611],
  ])('at %s it is letter by letter what supabase-js writes', async (origin, chainId) => {
    const nonce = walletNonce()
    expect(walletMessage({ origin, address, chainId, nonce, issuedAt })).toBe(
      await messageOfSupabase(origin, chainId, nonce),
    )
  })

  test('a nonce is long, plain and never the same', () => {
    expect(walletNonce()).toMatch(/^[0-9a-f]{32}$/)
    expect(walletNonce()).not.toBe(walletNonce())
  })
})
