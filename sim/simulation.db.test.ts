import { afterAll, expect, inject, test } from 'vitest'
import { corpus } from '#sim/corpus.ts'
import { mutationOf, mutations } from '#sim/mutations.ts'
import { type Outcome, simulate } from '#sim/simulate.ts'
import { closeStripe } from '#sim/stripe.ts'
import { CAUSEWAY_PASSWORD as password, TEMPLATE as template } from '#supabase/tests/support/template.ts'

// A short run of the simulation, and the seeds that once failed. `npm run sim` takes as long a run as one likes.

const patience = 120_000
const place = { clusterUrl: inject('clusterUrl'), template, password }

afterAll(closeStripe)

/** What a failing run says of itself: enough to see it again. */
const report = ({ wrong, steps, story }: Outcome, seed: string): string[] =>
  wrong.length === 0 ? [] : [...new Set(wrong), `npm run sim -- --seed ${seed} --steps ${steps}`, ...story.slice(-40)]

test('a world in which everything goes wrong comes out right', { timeout: patience }, async () => {
  const seed = '7'
  const outcome = await simulate({ ...place, seed, steps: 150 })
  expect(report(outcome, seed)).toEqual([])
  expect(outcome.counts.delivered).toBeGreaterThan(0)
})

test('the same seed tells the same story', { timeout: patience }, async () => {
  const tell = async (): Promise<string[]> => (await simulate({ ...place, seed: '11', steps: 40 })).story
  expect(await tell()).toEqual(await tell())
})

test.each(corpus)('seed $seed holds; it found: $found', { timeout: patience }, async ({ seed, steps, without }) => {
  expect(report(await simulate({ ...place, seed, steps }), seed)).toEqual([])
  const broken = await simulate({ ...place, seed, steps, prepare: mutationOf(without).apply })
  expect(broken.wrong).not.toEqual([])
})

test.each(mutations.filter(({ tested }) => tested))(
  'it notices when $name',
  { timeout: patience },
  async ({ caught, apply }) => {
    const { wrong } = await simulate({ ...place, ...caught, prepare: apply })
    expect(wrong).not.toEqual([])
  },
)
