/** The two numbers of an ECDSA signature out of its DER form: a sequence of two integers. Throws on anything else. */
export function readDerSignature(der: Uint8Array): { r: bigint; s: bigint } {
  const [tag, length] = der
  if (tag !== 0x30 || length !== der.length - 2) throw new Error('This is not a signature in DER.')
  const first = readInteger(der, 2)
  const second = readInteger(der, first.end)
  if (second.end !== der.length) throw new Error('This is not a signature in DER.')
  return { r: first.value, s: second.value }
}

/** Numbers of 256 bits take 33 bytes at most, so a length never needs DER's longer form. */
function readInteger(der: Uint8Array, at: number): { value: bigint; end: number } {
  const length = der[at + 1] ?? 0
  const end = at + 2 + length
  const bytes = der.subarray(at + 2, end)
  // A first bit that is set would make it negative.
  const wrong = der[at] !== 0x02 || length < 1 || length > 33 || end > der.length || (bytes[0] ?? 0) > 0x7f
  if (wrong) throw new Error('This is not a signature in DER.')
  return { value: BigInt(`0x${Buffer.from(bytes).toString('hex')}`), end }
}
