import { mnemonicToAccount } from 'viem/accounts'
import { errorText } from '#lib/log.ts'
import { type Check, fail, ok, skip, type Verdict, warn } from '#scripts/doctor/check.ts'

/** The phrase of every test node's accounts. Bots empty them on any real chain within seconds. */
const everybodysPhrase = 'test test test test test test test test test test test junk'

/** Whether there is a treasury, that its key can be used, and that not everybody knows it. */
export const treasuryKey: Check = {
  name: 'treasury key',
  look: async ({ treasury, faults, live }): Promise<Verdict> => {
    if (faults.some(({ name }) => /^(TREASURY|AWS)_/.test(name))) return skip('not asked: it is not well-formed')
    if (!treasury) {
      return warn(
        'no treasury is configured, so MUSD is not offered',
        'Set TREASURY_NETWORK and TREASURY_KMS_KEY_ID or TREASURY_PRIVATE_KEY, if MUSD is to be sold.',
      )
    }
    const { network, kept } = treasury
    let address: string
    try {
      address = await treasury.address()
    } catch (error) {
      return fail(
        `AWS KMS does not give the key out: ${errorText(error)}`,
        'Compare TREASURY_KMS_KEY_ID, AWS_REGION and the credentials; they need kms:GetPublicKey and kms:Sign on this key.',
      )
    }
    const known = Array.from({ length: 10 }, (_, addressIndex) => mnemonicToAccount(everybodysPhrase, { addressIndex }))
    if (known.some((account) => account.address === address)) {
      return fail(
        `${address} is an account of every test node: everybody has its key`,
        'Make a key of your own and move nothing to this address.',
      )
    }
    const seen = `${address} on ${network}, its key ${kept}`
    return live && kept === 'here'
      ? warn(seen, 'Keep the key of real money in AWS KMS: docs/deploy.md, "The treasury".')
      : ok(seen)
  },
}
