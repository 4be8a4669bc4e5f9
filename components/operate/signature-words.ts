/** Which key a webhook's signature was made with. One that fits no key is refused and not kept. */
export const signatureWords = { current_key: 'Valid', previous_key: 'Valid, previous key' } as const
