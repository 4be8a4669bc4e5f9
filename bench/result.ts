/** One thing that was measured on our side and on a peer's, in the same run. */
export type Result = {
  /** What is measured, against whom: `intake, 16 connections, against @supabase/stripe-sync-engine`. */
  name: string
  ours: number
  /** The same figure of the peer's, or the limit where there is no peer. */
  peer: number
  /** Of both figures: `requests/s`, `ms`, `MB`. */
  unit: string
  /** How many times as good as the peer ours is: above 1 is better, whatever the unit. */
  ratio: number
  /** The least ratio that is aimed at. */
  aim: number
  /** Where the aim is missed: what the rest of the way is made of. */
  explanation?: string
}

type Compare = Omit<Result, 'ratio'> & { better: 'more' | 'less' }

/** A result with its ratio: of what should be more, ours by the peer's; of what should be less, the peer's by ours. */
export function compare({ better, ...measured }: Compare): Result {
  const { ours, peer } = measured
  const ratio = better === 'more' ? ours / peer : peer / ours
  return { ...measured, ours: round(ours), peer: round(peer), ratio: round(ratio) }
}

/** The median, which one slow round does not move. */
export function median(numbers: number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b)
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.ceil((sorted.length - 1) / 2)]]
  if (low === undefined || high === undefined) throw new Error('Nothing was measured.')
  return (low + high) / 2
}

/** The results as lines of a table, each with whether it reached its aim. */
export function table(results: Result[]): string {
  const lines = results.map(({ name, ours, peer, unit, ratio, aim, explanation }) => {
    const verdict = ratio >= aim ? 'reached' : 'missed'
    const line = `  ${name.padEnd(72)} ${String(ours).padStart(9)} : ${String(peer).padEnd(9)} ${unit.padEnd(11)} ${`${ratio}×`.padStart(7)}, aim ${aim}×: ${verdict}`
    return ratio < aim && explanation !== undefined ? `${line}\n      ${explanation}` : line
  })
  return lines.join('\n')
}

/** Three figures tell what a machine can tell. */
function round(value: number): number {
  return Number(value.toPrecision(value >= 100 ? Math.max(3, Math.ceil(Math.log10(value))) : 3))
}
