/** "causeway" in ASCII: what follows it in a transaction's data is the id of the link that it pays. */
const mark = '6361757365776179'

/**
 * What a payment through a link's page carries behind its call, so that it is known by name and not only by its amount. A token's
 * contract does not read what stands behind the arguments.
 */
export function linkReference(linkId: string): `0x${string}` {
  return `0x${mark}${linkId.replaceAll('-', '')}`
}

/** The link that a transaction's data names, wherever in it: a wallet that is a contract wraps the call in its own. */
export function readLinkReference(input: string): string | null {
  const at = input.indexOf(mark)
  const digits = at < 0 ? '' : input.slice(at + mark.length, at + mark.length + 32)
  const parts = /^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})$/.exec(digits)
  return parts ? parts.slice(1).join('-') : null
}
