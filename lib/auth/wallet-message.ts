/** The sentence a person reads in their wallet. It must not hold a line break. */
export const walletStatement = 'Sign in to Causeway. This costs nothing and moves no money.'

type Fields = { origin: string; address: string; chainId: number; nonce: string; issuedAt: Date }

/**
 * The Sign-In with Ethereum message (EIP-4361), letter by letter as supabase-js writes it: Supabase Auth parses it
 * strictly. The domain and the URI are those of the page, which wallets compare with the page they are on.
 */
export function walletMessage({ origin, address, chainId, nonce, issuedAt }: Fields): string {
  return [
    `${new URL(origin).host} wants you to sign in with your Ethereum account:`,
    address.toLowerCase(),
    '',
    walletStatement,
    '',
    `URI: ${origin}/sign-in`,
    'Version: 1',
    `Chain ID: ${chainId}`,
    `Nonce: ${nonce}`,
    `Issued At: ${issuedAt.toISOString()}`,
  ].join('\n')
}

/** A nonce that no one else guesses: 128 bits in hexadecimal. */
export function walletNonce(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
