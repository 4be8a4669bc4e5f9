/**
 * A level with a damped trend, drawn back to a slow mean; all of it of the logarithm of the price. Each part is from 0 to 1.
 * - `level`: how much of the newest price the level takes.
 * - `trend`: how much of the newest surprise the trend takes.
 * - `damping`: how much of the trend is left an hour later.
 * - `reversion`: how much of the distance from the slow mean is left an hour later.
 */
export type Candidate = { level: number; trend: number; damping: number; reversion: number }

/** The baseline: the price stays what it is. */
export const lastValue: Candidate = { level: 1, trend: 0, damping: 0, reversion: 1 }

const trends = [
  { trend: 0, damping: 0 },
  { trend: 0.05, damping: 0.5 },
  { trend: 0.05, damping: 0.8 },
  { trend: 0.1, damping: 0.9 },
  { trend: 0.3, damping: 0.8 },
]

/** What the model chooses from, the baseline first. Few and far apart: among many, chance finds one that fits the past. */
export const candidates: readonly Candidate[] = [
  lastValue,
  ...[1, 0.5]
    .flatMap((level) =>
      [1, 0.997, 0.98, 0.9].flatMap((reversion) => trends.map((trend) => ({ level, reversion, ...trend }))),
    )
    .filter(({ level, trend, reversion }) => !(level === 1 && trend === 0 && reversion === 1)),
]

/** What was known at one hour: by the candidate its level and trend, by all the slow mean. */
export type State = { level: number; trend: number; mean: number }

/** What a candidate says of so many hours later. */
export function foretell({ damping, reversion }: Candidate, { level, trend, mean }: State, hours: number): number {
  const pulled = reversion === 1 ? 0 : (level - mean) * (reversion ** hours - 1)
  const carried = trend === 0 ? 0 : (trend * damping * (1 - damping ** hours)) / (1 - damping)
  return level + pulled + carried
}

/** The level and the trend after one more hour. */
export function observed(
  candidate: Candidate,
  { level, trend }: Omit<State, 'mean'>,
  value: number,
): Omit<State, 'mean'> {
  const surprise = value - (level + candidate.damping * trend)
  return {
    level: value - (1 - candidate.level) * surprise,
    trend: candidate.damping * trend + candidate.trend * surprise,
  }
}
