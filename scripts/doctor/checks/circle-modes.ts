import type { Network } from '#lib/money/assets.ts'
import { networks } from '#lib/rails/chain/networks.ts'
import { type Blockchain, defaultNetworks, parseCircleNetworks } from '#lib/rails/circle/networks.ts'
import { type Check, fail, ok, type Verdict, warn } from '#scripts/doctor/check.ts'
import type { Patient } from '#scripts/doctor/patient.ts'

/** Where agents have wallets by this configuration. Throws as `parseCircleNetworks` does. */
export function circleNetworksOf({ values }: Patient): Map<Network, Blockchain> {
  const { CIRCLE_API_KEY: apiKey, CIRCLE_API_URL: apiUrl, CIRCLE_NETWORKS: mapping } = values
  if (apiKey === undefined) return new Map()
  return parseCircleNetworks(mapping ?? defaultNetworks(apiKey), { apiKey, apiUrl })
}

/** Real money and play money must not meet: each chain is the same one at Circle, and of the key's kind. */
export const circleModes: Check = {
  name: 'live and test',
  needs: ['CIRCLE_API_KEY'],
  look: (patient): Verdict => {
    const { live, values, need } = patient
    try {
      const labels = [...circleNetworksOf(patient).keys()].map((network) => networks[network].label)
      if (labels.length === 0) {
        return fail(
          'agents have wallets nowhere: CIRCLE_NETWORKS is empty',
          'Set CIRCLE_NETWORKS, such as base=BASE, or leave it out.',
        )
      }
      const isTest = need('CIRCLE_API_KEY').startsWith('TEST_')
      if (live && isTest) {
        return warn(
          'a live Stripe key beside a test key of Circle’s: purchases are real, and agents pay with test USDC',
          'Set CIRCLE_API_KEY to a LIVE_API_KEY, or take it out until agents are to pay.',
        )
      }
      return ok(`${values.CIRCLE_API_URL ? 'a stand-in for Circle' : 'Circle'}; agents pay on ${labels.join(', ')}`)
    } catch (error) {
      return fail(
        error instanceof Error ? error.message : String(error),
        'Set CIRCLE_NETWORKS to base=BASE,ethereum=ETH, or with a test key to base-sepolia=BASE-SEPOLIA.',
      )
    }
  },
}
