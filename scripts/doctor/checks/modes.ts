import { networks } from '#lib/rails/chain/networks.ts'
import { type Check, fail, ok, type Verdict, warn } from '#scripts/doctor/check.ts'

const example =
  'Set STRIPE_NETWORKS to networks that both sides know, each mapped to itself: base=base,ethereum=ethereum.'

/** Real money and play money must not meet: the key's mode, the networks, and which of Stripe's networks stands for which of ours. */
export const modes: Check = {
  name: 'live and test',
  needs: ['STRIPE_SECRET_KEY', 'STRIPE_NETWORKS'],
  look: ({ need, live, values, offers, treasury }): Verdict => {
    const { STRIPE_PUBLISHABLE_KEY: publishable, STRIPE_API_URL: standIn } = values
    const mode = live ? 'live' : 'test'
    if (publishable && publishable.startsWith('pk_live_') !== live) {
      return fail(
        `the secret key is a ${mode} one and STRIPE_PUBLISHABLE_KEY is not`,
        `Set STRIPE_PUBLISHABLE_KEY to the ${live ? 'pk_live_' : 'pk_test_'} key of the same account.`,
      )
    }
    try {
      offers()
    } catch (error) {
      return fail(error instanceof Error ? error.message : String(error), example)
    }
    const renamed = Object.entries(need('STRIPE_NETWORKS')).filter(([ours, theirs]) => ours !== theirs)
    if (!standIn && renamed.length > 0) {
      const [ours, theirs] = renamed[0] ?? []
      return fail(
        `STRIPE_NETWORKS takes Stripe's ${theirs} for our ${ours}: what Stripe pays would be looked for on another chain`,
        example,
      )
    }
    const sold = offers()
    if (sold.length === 0) return fail('nothing is sold: STRIPE_NETWORKS is empty', example)
    const play = sold.find(({ network }) => networks[network].testnet)
    if (live && play) {
      return fail(
        `a live Stripe key takes real money for ${play.asset} on ${networks[play.network].label}, which is worth nothing`,
        play.delivery === 'treasury' ? 'Set TREASURY_NETWORK to mezo.' : 'Take the testnet out of STRIPE_NETWORKS.',
      )
    }
    if (!live && !standIn && treasury && !networks[treasury.network].testnet) {
      return warn(
        "a test key with a treasury on Mezo: Stripe's sandbox pays nothing on chain, so every purchase of MUSD will wait for attention",
        'Use a live key, or sell MUSD in the local world (npm run demo).',
      )
    }
    const pairs = sold.map(({ asset, network }) => `${asset} on ${networks[network].label}`)
    return ok(`${standIn ? 'a stand-in for Stripe' : `${mode} mode`}; sells ${pairs.join(', ')}`)
  },
}
