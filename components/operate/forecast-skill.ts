/** Who has been nearer to what came, and by how much of the last price's error. */
export function skillOf(skill: string | null): string {
  const percent = Math.abs(Number(skill) * 100)
  if (skill === null || percent === 0) return 'neither'
  const much = percent < 0.1 ? 'less than 0.1%' : `${percent.toFixed(1)}%`
  return `${Number(skill) > 0 ? 'the model' : 'the last price'}, ${much}`
}

/** How many prices in a hundred came to lie in a band. */
export const coverageOf = (percent: string): string => `${Math.round(Number(percent))}%`
