import { formatAmount } from '#lib/money/amount.ts'
import { networks } from '#lib/rails/chain/networks.ts'
import { type Check, fail, ok, skip, type Verdict, warn } from '#scripts/doctor/check.ts'

/** A transfer to an address that never held the token, with the margin that is signed. */
const gasOfOneDelivery = 81_250n
const fewDeliveries = 100n

/** What the treasury can pay for gas, as a number of deliveries at the fees of now. */
export const treasuryGas: Check = {
  name: 'gas',
  look: async ({ treasury, chain }): Promise<Verdict> => {
    if (!treasury) return skip('not asked: there is no treasury')
    const { network, address } = treasury
    const client = chain(network)
    const read = await Promise.all([client.getBalance({ address }), client.estimateFeesPerGas()]).catch(() => undefined)
    if (read === undefined) return skip('not asked: the node did not tell balance and fees')
    const [balance, { maxFeePerGas }] = read
    const deliveries = balance / (gasOfOneDelivery * (maxFeePerGas > 0n ? maxFeePerGas : 1n))
    const { symbol, decimals } = networks[network].nativeCurrency
    const enough = deliveries > 1_000_000n ? 'more than a million' : `about ${deliveries}`
    const seen = `${formatAmount(balance, decimals)} ${symbol}: ${enough} deliveries`
    const step = `Send ${symbol} to ${address} on ${network}.`
    if (deliveries < 1n)
      return fail(`${formatAmount(balance, decimals)} ${symbol} at ${address}: not enough for one delivery`, step)
    return deliveries < fewDeliveries ? warn(seen, step) : ok(seen)
  },
}
