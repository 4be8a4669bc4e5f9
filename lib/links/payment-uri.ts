type Request = { chainId: number; token: string; to: string; units: bigint | null }

/** A request for a token as wallets read it (EIP-681). Without an amount the wallet asks for one. */
export function paymentUri({ chainId, token, to, units }: Request): string {
  const amount = units === null ? '' : `&uint256=${units}`
  return `ethereum:${token}@${chainId}/transfer?address=${to}${amount}`
}
