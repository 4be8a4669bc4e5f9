/** Which key a webhook's signature was made with. One that fits no key is refused and not kept; one that never came was fetched. */
export const signatureWords = {
  current_key: 'Valid',
  previous_key: 'Valid, previous key',
  fetched: 'Fetched, never delivered',
} as const
