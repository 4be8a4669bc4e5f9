import { type Check, fail, ok, warn } from '#scripts/doctor/check.ts'

/** The id under which phones' wallets connect. With a relay of one's own any id does; the public one gives out 32 digits. */
export const walletConnect: Check = {
  name: 'WALLETCONNECT_PROJECT_ID',
  look: ({ values }) => {
    const { WALLETCONNECT_PROJECT_ID: id, WALLETCONNECT_RELAY_URL: relay } = values
    const step = 'Make a project at https://dashboard.reown.com, add the domain of APP_URL to it, and set its id.'
    if (!id) return warn('is not set: only wallets inside the browser can be connected, none on a phone', step)
    if (relay) return ok(`is set, for the relay at ${new URL(relay).host}`)
    return /^[0-9a-f]{32}$/.test(id)
      ? ok('is set and well-formed')
      : fail('is not the id of a project: those are 32 hexadecimal digits', step)
  },
}
