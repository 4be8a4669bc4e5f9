export type AddressVerdict =
  | { state: 'empty' | 'typing' }
  | { state: 'refused'; reason: string }
  | { state: 'good'; address: string; caution: string | null }

const zero = `0x${'0'.repeat(40)}`

export type AddressContext = {
  /** Token contracts, which are no wallets. */
  tokenAddresses: string[]
  /** Addresses bought to before from this browser. */
  knownAddresses: string[]
}

/**
 * Judges an address while it is typed, everything but its checksum: nothing is called wrong that could still become
 * right. The server judges again.
 */
export function checkAddress(typed: string, context: AddressContext): AddressVerdict {
  const text = typed.trim()
  if (text === '') return { state: 'empty' }
  if (/\.eth$/i.test(text))
    return refused('Names are not looked up here. Paste the address itself, which starts with 0x.')
  if (!/^0?x?$/i.test(text) && !/^0x/i.test(text)) return refused('An address starts with 0x.')
  const stray = /[^0-9a-f]/i.exec(text.slice(2))
  if (stray) return refused(`“${stray[0]}” cannot be part of an address: after 0x come only 0–9 and a–f.`)
  if (text.length > 42) return refused(`That is ${text.length - 42} too many characters: an address has 42.`)
  if (text.length < 42) return { state: 'typing' }
  const lower = text.toLowerCase()
  if (lower === zero) return refused('This is the zero address. Anything sent there is lost.')
  if (context.tokenAddresses.some((token) => token.toLowerCase() === lower)) {
    return refused('This is a token’s contract, not a wallet. Anything sent there is lost.')
  }
  return { state: 'good', address: `0x${text.slice(2)}`, caution: lookAlike(lower, context.knownAddresses) }
}

/** Whole addresses are compared: one that shares only what people look at is how payments are led astray. */
function lookAlike(lower: string, known: string[]): string | null {
  const others = known.map((address) => address.toLowerCase())
  if (others.includes(lower)) return null
  const alike = others.some((other) => other.slice(0, 6) === lower.slice(0, 6) && other.slice(-4) === lower.slice(-4))
  return alike
    ? 'It begins and ends like an address you have used before, but it is a different one. Compare every character.'
    : null
}

function refused(reason: string): AddressVerdict {
  return { state: 'refused', reason }
}

/** Whether an address spells its checksum wrongly. All small or all capital letters carry none, and pass. */
export async function checksumFault(address: string): Promise<string | null> {
  const letters = address.slice(2)
  if (letters === letters.toLowerCase() || letters === letters.toUpperCase()) return null
  const { getAddress } = await import('viem/utils')
  if (getAddress(address.toLowerCase()) === address) return null
  return 'The checksum does not match: a character is wrong, or its capital letters are. Copy the address again.'
}
