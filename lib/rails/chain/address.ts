import { type Address, checksumAddress, zeroAddress } from 'viem'
import { tokens } from '#lib/rails/chain/tokens.ts'

export type InvalidAddressReason = 'malformed' | 'checksum' | 'zero' | 'token_contract'

const sentences: Record<InvalidAddressReason, string> = {
  malformed: 'An address is 0x and 40 hexadecimal digits.',
  checksum: 'The capital letters of this address do not match its checksum, so a character of it is probably wrong.',
  zero: 'This is the zero address. Nobody holds its key, so whatever is sent to it is lost.',
  token_contract: 'This is the address of a token, not of a wallet. Whatever is sent to it is lost.',
}

/** A text that no money may be sent to. `reason` is stable; the message is a sentence that can be shown. */
export class InvalidAddress extends Error {
  override name = 'InvalidAddress'
  readonly reason: InvalidAddressReason

  constructor(reason: InvalidAddressReason) {
    super(sentences[reason])
    this.reason = reason
  }
}

const contracts = new Set(tokens.map(({ address }) => address))

/**
 * Reads the address of a wallet and returns it in checksum spelling (EIP-55). All-lower and all-upper hexadecimal carry
 * no checksum and are accepted; mixed case must be right. A token's contract on any of our networks is refused on every
 * one of them, since pasting one is the same slip everywhere. Throws InvalidAddress.
 */
export function parseAddress(text: string): Address {
  if (!/^0x[0-9a-fA-F]{40}$/.test(text)) throw new InvalidAddress('malformed')
  const digits = text.slice(2)
  // Cast: the pattern above is what the type says. viem's checksum wants lower case.
  const address = checksumAddress(text.toLowerCase() as Address)
  const plain = digits === digits.toLowerCase() || digits === digits.toUpperCase()
  if (!plain && address !== text) throw new InvalidAddress('checksum')
  if (address === zeroAddress) throw new InvalidAddress('zero')
  if (contracts.has(address)) throw new InvalidAddress('token_contract')
  return address
}
