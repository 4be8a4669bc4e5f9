/**
 * Seeds that once failed, so that they are run for ever. Each holds now, and fails again without what mended it, by which one can
 * tell that it still means something: where the simulation itself has changed, the seed is replaced by one that does.
 */
export const corpus: { seed: string; steps: number; found: string; without: string }[] = [
  {
    seed: '3',
    steps: 200,
    found: 'a job that a newer one replaced, and whose worker was killed, stayed in the queue for ever',
    without: 'a job that was replaced stays when its worker was killed',
  },
]
