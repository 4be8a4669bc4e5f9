import { recoverMessageAddress } from 'viem'
import { AuthFailure, GrantFailure } from '#sandbox/supabase/failures.ts'
import { parseSignInMessage, type SignInMessage } from '#sandbox/supabase/message.ts'
import { isAllowedRedirect, type RedirectRules } from '#sandbox/supabase/redirects.ts'

export type Web3Request = { chain?: unknown; message?: unknown; signature?: unknown }

const VALIDITY_MS = 10 * 60_000

/**
 * Decides a wallet sign-in by the rules of Supabase Auth: only externally owned accounts, the message's host one of this
 * project's, issued within ten minutes. The nonce is not tracked and an expiration time alone is not looked at, as there.
 */
export async function checkWeb3Grant(request: Web3Request, rules: RedirectRules, now: Date): Promise<SignInMessage> {
  const { chain, message, signature } = request
  if (chain === 'solana') throw new AuthFailure(422, 'web3_provider_disabled', 'Solana Web3 provider is disabled')
  if (chain !== 'ethereum') throw new AuthFailure(400, 'web3_unsupported_chain', 'Unsupported chain')
  const text = typeof message === 'string' ? message : ''
  const hex = typeof signature === 'string' ? signature : ''
  const bytes = Buffer.byteLength(text)
  if (bytes < 64) throw invalid('message is too short')
  if (bytes > 20 * 1024) throw invalid('message must not exceed 20KB')
  if (hex.replace(/^0x/, '').length !== 130) {
    throw invalid('signature must be 65 bytes long, encoded as a 130 character-long hexadecimal string')
  }
  const parsed = parseSignInMessage(text)
  const signer = await recoverMessageAddress({ message: text, signature: hex as `0x${string}` })
  if (signer.toLowerCase() !== parsed.address) throw new GrantFailure('Signature does not match address in message')
  checkOrigin(parsed, rules)
  checkTimes(parsed, now)
  return parsed
}

function checkOrigin({ uri, domain }: SignInMessage, rules: RedirectRules): void {
  const local = uri.hostname === 'localhost'
  if (uri.protocol !== 'https:' && !local) {
    throw new GrantFailure('Signed Ethereum message is using URI which does not use HTTPS')
  }
  if (!isAllowedRedirect(uri.href, rules)) {
    throw new GrantFailure(
      'Signed Ethereum message is using URI which is not allowed on this server, message was signed for another app',
    )
  }
  if (!local && (uri.host !== domain || !isAllowedRedirect(`https://${domain}/`, rules))) {
    throw new GrantFailure(
      'Signed Ethereum message is using a Domain that does not match the one in URI which is not allowed on this server',
    )
  }
}

function checkTimes({ issuedAt, notBefore, expirationTime }: SignInMessage, now: Date): void {
  if (notBefore && now < notBefore) throw new GrantFailure('Signed Ethereum message becomes valid in the future')
  if (notBefore && expirationTime && now > expirationTime) throw new GrantFailure('Signed Ethereum message is expired')
  const age = now.getTime() - issuedAt.getTime()
  if (age > VALIDITY_MS) throw new GrantFailure('Ethereum message was issued too long ago')
  if (age < -VALIDITY_MS) throw new GrantFailure('Ethereum message was issued too far in the future')
}

function invalid(message: string): AuthFailure {
  return new AuthFailure(400, 'validation_failed', message)
}
