/** Basis points as people read them: 30 is `0.30%`. */
export function percentOf(basisPoints: number): string {
  return `${(basisPoints / 100).toFixed(2)}%`
}

/** How long a gap is. */
export function lengthOf(from: string, to: string): string {
  const minutes = Math.round((Date.parse(to) - Date.parse(from)) / 60_000)
  if (minutes < 120) return `${minutes} minutes`
  const hours = Math.floor(minutes / 60)
  return hours < 48 ? `${hours} hours` : `${Math.floor(hours / 24)} days`
}

/** All pairs, or which of them. */
export function pairsOf(pairs: string[], all: number): string {
  if (pairs.length === all) return `all ${all} pairs`
  return pairs.length > 4 ? `${pairs.slice(0, 3).join(', ')} and ${pairs.length - 3} more` : pairs.join(', ')
}
