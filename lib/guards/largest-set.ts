/** How many bytes a request with guards may have: lists of recipients are long. */
export const largestSet = 262_144
