import { ask, reasonOf } from '#scripts/doctor/ask.ts'
import { type Check, fail, ok, warn } from '#scripts/doctor/check.ts'

/**
 * Whether Supabase lets Ethereum wallets sign in. Its settings do not tell, so an empty message is offered: where wallets are
 * let in, that is refused for being too short, and where they are not, for the provider being off. It signs nobody in.
 */
export const walletSignIn: Check = {
  name: 'wallet sign-in',
  needs: ['SUPABASE_URL', 'SUPABASE_PUBLISHABLE_KEY'],
  look: async ({ need }) => {
    const answer = await ask(`${need('SUPABASE_URL')}/auth/v1/token?grant_type=web3`, {
      method: 'POST',
      headers: { apikey: need('SUPABASE_PUBLISHABLE_KEY'), 'content-type': 'application/json' },
      body: JSON.stringify({ chain: 'ethereum', message: '', signature: '' }),
    }).catch(reasonOf)
    if (typeof answer === 'string') return fail(answer, "Set SUPABASE_URL to the project's URL.")
    if (answer.code === 'web3_provider_disabled') {
      return fail(
        'Ethereum wallets are not let in',
        'Turn it on: Supabase, Authentication, Sign In / Providers, Web3 Wallet, Ethereum.',
      )
    }
    if (answer.status === 400 && answer.code === 'validation_failed') return ok('Ethereum wallets are let in')
    return warn(
      `Supabase answered ${answer.status} (${answer.code ?? 'no code'}), which tells nothing`,
      'Look by hand: Supabase, Authentication, Sign In / Providers, Web3 Wallet.',
    )
  },
}
