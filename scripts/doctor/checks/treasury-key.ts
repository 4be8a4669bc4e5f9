import { mnemonicToAccount } from 'viem/accounts'
import { type Check, fail, ok, skip, warn } from '#scripts/doctor/check.ts'

/** The phrase of every test node's accounts. Bots empty them on any real chain within seconds. */
const everybodysPhrase = 'test test test test test test test test test test test junk'

/** Whether there is a treasury, and that its key is not one that everybody knows. */
export const treasuryKey: Check = {
  name: 'treasury key',
  look: ({ treasury, faults }) => {
    if (faults.some(({ name }) => name.startsWith('TREASURY_'))) return skip('not asked: it is not well-formed')
    if (!treasury) {
      return warn(
        'no treasury is configured, so MUSD is not offered',
        'Set TREASURY_NETWORK and TREASURY_PRIVATE_KEY, if MUSD is to be sold.',
      )
    }
    const known = Array.from({ length: 10 }, (_, addressIndex) => mnemonicToAccount(everybodysPhrase, { addressIndex }))
    return known.some(({ address }) => address === treasury.address)
      ? fail(
          `${treasury.address} is an account of every test node: everybody has its key`,
          'Make a key of your own and move nothing to this address.',
        )
      : ok(`${treasury.address} on ${treasury.network}`)
  },
}
